package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.transfer.Transfers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exports of a store that is away for a while, and rehearsals. */
class ExportsTest {

  private static final String ORG = "acme";

  private final Transfers transfers =
      new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE).transfers();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aPageIsReadAgain() throws Exception {
    failures.set(3);

    export();

    assertThat(pauses).hasValue(3);
    assertThat(written.toString(UTF_8)).contains("\"type\":\"end\"");
  }

  @Test
  void anExportGivesUpAndOpensTheOrg() {
    failures.set(Integer.MAX_VALUE);

    assertThatThrownBy(this::export).isInstanceOf(BackendUnavailableException.class);

    assertThat(pauses).hasValue(Exports.MOST_PAUSES);
    assertThat(written.toString(UTF_8)).doesNotContain("\"type\":\"end\"");
    assertThat(transfers.closure(ORG)).isEmpty();
  }

  @Test
  void aRehearsalReadsAndClosesNothing() {
    long records = exports().rehearse(ORG);

    assertThat(records).isEqualTo(1); // the numbers of the org
    assertThat(transfers.closure(ORG)).isEmpty();
  }

  private void export() throws IOException {
    exports().begin(ORG, null, null).write(written);
  }

  private Exports exports() {
    Transfers failing =
        (Transfers)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Transfers.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("read") && failures.getAndDecrement() > 0) {
                    throw new BackendUnavailableException("away", false, null);
                  }
                  try {
                    return method.invoke(transfers, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Exports(failing, () -> "exp_1", "0", Clock.systemUTC(), pauses::incrementAndGet);
  }
}
