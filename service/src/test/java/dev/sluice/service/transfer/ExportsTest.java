package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.work.NewWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exports of a store that is away for a while, and rehearsals. */
class ExportsTest {

  private static final String ORG = "acme";

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final Transfers transfers = store.transfers();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private Duration readTime = Duration.ZERO;
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
    assertThat(written.toString(UTF_8))
        .doesNotContain("\"type\":\"end\"")
        .endsWith("{\"type\":\"failed\",\"reason\":\"away\"}\n");
    assertThat(transfers.closure(ORG)).isEmpty();
  }

  @Test
  void aRehearsalReadsAndClosesNothing() {
    long records = exports().rehearse(ORG);

    assertThat(records).isEqualTo(1); // the numbers of the org
    assertThat(transfers.closure(ORG)).isEmpty();
  }

  @Test
  void aRehearsalEndsAfterSomeRecordsOrSeconds() {
    for (int n = 0; n < 12_000; n++) {
      String id = "s-" + n;
      NewWork work = new NewWork(id, id, id, "p", List.of(), 3, 1, 0, 0, "hash", "{}");
      store.work().enqueue(ORG, List.of(work));
    }
    assertThat(exports().rehearse(ORG)).isBetween(10_000L, 12_000L);
    assertThat(reads).hasValueGreaterThan(3);

    reads.set(0);
    readTime = Duration.ofSeconds(1);
    assertThat(exports().rehearse(ORG)).isLessThan(10_000);
    assertThat(reads).hasValue(3);
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
                  boolean read = method.getName().equals("read");
                  if (read) {
                    reads.incrementAndGet();
                    clock.jump(readTime);
                  }
                  if (read && failures.getAndDecrement() > 0) {
                    throw new BackendUnavailableException("away", false, null);
                  }
                  try {
                    return method.invoke(transfers, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Exports(
        failing, store.audit(), () -> "exp_1", "0", clock.utc(), pauses::incrementAndGet);
  }
}
