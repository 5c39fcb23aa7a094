package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.service.api.WorkBatch;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Items that were live at the look at their stages, and have ended or gone since. */
@Timeout(120)
class FollowedBatchTest {

  private static final String ORG = "org";
  private static final WorkBatch BATCH = WorkBatch.of("0123456789abcdef01234567", 10_000);

  private final QueueBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);

  @BeforeEach
  void enqueue() {
    backend
        .work()
        .enqueue(ORG, List.of(new NewWork("s", "s", "s", "p", List.of(), 3, 1, 0, 0, "s", "{}")));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void theirNumberNeedsNoStack() throws Exception {
    backend
        .sessions()
        .stop(ORG, "s", new StopMessage("", null, null), Place.ANY, new AuditNote("ann", ""));
    Standing ended = backend.work().standing(ORG, "s");
    assertThat(end(() -> ended)).isTrue();
  }

  @Test
  void thoseThatHaveGoneNeedNoneEither() throws Exception {
    assertThat(
            end(
                () -> {
                  throw RefusedException.of(Refusal.UNKNOWN_SESSION, "s");
                }))
        .isTrue();
  }

  @Test
  void anotherFailureIsAnswered() throws Exception {
    assertThat(
            end(
                () -> {
                  throw RefusedException.of(Refusal.DAMAGED, "s");
                }))
        .isFalse();
  }

  private boolean end(Supplier<Standing> standing) throws Exception {
    Sessions sessions =
        (Sessions)
            Proxy.newProxyInstance(
                Sessions.class.getClassLoader(),
                new Class<?>[] {Sessions.class},
                (proxy, method, arguments) ->
                    ((List<?>) arguments[1])
                        .stream()
                            .map(
                                id ->
                                    new Stage((String) id, "p", Place.READY, SessionState.PENDING))
                            .toList());
    WorkQueue work =
        (WorkQueue)
            Proxy.newProxyInstance(
                WorkQueue.class.getClassLoader(),
                new Class<?>[] {WorkQueue.class},
                (proxy, method, arguments) -> standing.get());
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    new FollowedBatch(
            new FollowedWork(work, backend.hints(), 10),
            sessions,
            ORG,
            BATCH,
            stage -> true,
            Duration.ofHours(1),
            () -> answer.complete(true),
            e -> answer.complete(false))
        .begin();
    return answer.get(60, TimeUnit.SECONDS);
  }
}
