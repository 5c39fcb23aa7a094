package dev.sluice.backend.engine.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.ChangeLog;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.store.BackendEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** As when a copy of the first write is lost while members of a cluster join. */
class LostAnswersAtStartTest {

  private final AtomicInteger lost = new AtomicInteger();
  private final ByteMap map =
      new MemoryStore(
              new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE),
              new ChangeLog.None())
          .map(StoreTable.REGISTRY);

  @Test
  void theLayoutIsWrittenAgain() {
    lost.set(3);
    assertThat(firstLayout(lossy(true))).isEqualTo(Layouts.FIRST);
    assertThat(lost).hasValue(0);
    assertThat(firstLayout(map)).isEqualTo(Layouts.FIRST);
  }

  @Test
  void aStoreThatNeverAnswersEndsTheStart() {
    lost.set(1_000);
    assertThatThrownBy(() -> firstLayout(lossy(true)))
        .isInstanceOf(BackendUnavailableException.class);
    assertThat(lost).hasValueGreaterThan(900);
  }

  @Test
  void aRefusalIsNotRepeated() {
    lost.set(2);
    assertThatThrownBy(() -> firstLayout(lossy(false)))
        .isInstanceOf(BackendUnavailableException.class);
    assertThat(lost).hasValue(1);
  }

  private static int firstLayout(ByteMap map) {
    return new Registry(map, new WireFormat()).firstLayout(Layouts.FIRST);
  }

  /** Carries each call out, and loses the answers of the first ones. */
  private ByteMap lossy(boolean outcomeUnknown) {
    return (ByteMap)
        Proxy.newProxyInstance(
            ByteMap.class.getClassLoader(),
            new Class<?>[] {ByteMap.class},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(map, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new BackendUnavailableException(
                    "lost", outcomeUnknown, new IllegalStateException());
              }
              return answer;
            });
  }
}
