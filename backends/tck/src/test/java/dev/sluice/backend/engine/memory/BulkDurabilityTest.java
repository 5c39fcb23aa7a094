package dev.sluice.backend.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bulk takes several steps, and waits for the log once. */
class BulkDurabilityTest {

  private static final String ORG = "org";

  private long position;
  private long durable;
  private int waits;

  private final MemoryBackend backend =
      new MemoryBackend(
          new MemoryStore(
              new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), new MovableClock()),
              log()));

  private ChangeLog log() {
    ChangeLog none = new ChangeLog.None();
    return (ChangeLog)
        Proxy.newProxyInstance(
            ChangeLog.class.getClassLoader(),
            new Class<?>[] {ChangeLog.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "append" -> {
                    position++;
                    yield null;
                  }
                  case "put", "delete" -> ++position;
                  case "position" -> position;
                  case "await" -> {
                    await((long) arguments[0]);
                    yield null;
                  }
                  default -> method.invoke(none, arguments);
                });
  }

  private void await(long until) {
    if (until > durable) {
      durable = until;
      waits++;
    }
  }

  @BeforeEach
  void makeOrg() {
    enqueue("first", 1);
    waits = 0;
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private void enqueue(String prefix, int items) {
    List<NewWork> work =
        Stream.of(WorkBuilder.works(prefix, items)).map(WorkBuilder::build).toList();
    backend.work().enqueue(ORG, work);
  }

  @Test
  void all_of_a_bulk_is_durable_at_its_answer_by_one_wait() {
    enqueue("a", 250);

    assertThat(durable).isEqualTo(position);
    assertThat(waits).isOne();
    assertThat(backend.work().counts(ORG).waiting()).isEqualTo(251);
  }

  @Test
  void a_refusal_of_the_first_step_rests_on_what_is_durable() {
    backend.transfers().close(ORG, OrgCopy.closure(Closure.Purpose.EXPORT), null);
    long before = position;

    assertThatThrownBy(() -> enqueue("a", 250))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.CLOSED));
    assertThat(durable).isGreaterThan(before);
  }
}
