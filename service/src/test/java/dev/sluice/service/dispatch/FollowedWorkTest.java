package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FollowedWorkTest {

  private static final AuditNote BY = new AuditNote("ann", "");
  private static final Duration LONG = Duration.ofHours(1);

  private String org = "org";
  private final QueueBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);
  private final FollowedWork followed = new FollowedWork(backend.work(), backend.hints(), 5_000);

  @BeforeEach
  void start() {
    followed.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    followed.stop();
    backend.close();
  }

  @Test
  void aChangeAtTheMomentOfTheCallIsNeverMissed() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 5_000; round++) {
        org = "org-" + round; // so that each stays small
        String id = "s-" + round;
        enqueue(id);
        CyclicBarrier both = new CyclicBarrier(2);
        other.execute(
            () -> {
              meet(both);
              stop(id);
            });
        meet(both);
        Standing now = get(follow(id, SessionState.PENDING, LONG));
        assertThat(now.session().state()).as(id).isEqualTo(SessionState.STOPPED);
      }
    } finally {
      other.shutdownNow();
    }
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void aChangeOfPlaceAloneIsAnswered() {
    enqueue("a", "i");
    enqueue("b", "i");
    CompletableFuture<Standing> second = follow("b", null, LONG);
    assertThat(second).isNotDone();
    stop("a");
    assertThat(get(second).session().place()).isEqualTo(Place.READY);
  }

  @Test
  void changesOfOthersAndChangesThatAreNoneAreNotAnswered() {
    enqueue("a");
    enqueue("b");
    CompletableFuture<Standing> first = follow("a", SessionState.PENDING, LONG);
    stop("b");
    backend.work().reprioritise(org, "a", 1, BY);
    assertThat(first).isNotDone();
    stop("a");
    get(first);
  }

  @Test
  void whatHasEndedOrIsElsewhereIsAnsweredAtOnce() {
    enqueue("a");
    assertThat(follow("a", SessionState.CLAIMED, LONG)).isDone();
    assertThat(follow("a", null, Duration.ZERO)).isDone();
    stop("a");
    assertThat(follow("a", SessionState.STOPPED, LONG)).isDone();
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void whenTheTimeIsOverItIsAnswered() {
    enqueue("a");
    assertThat(get(follow("a", null, Duration.ofMillis(1))).session().state())
        .isEqualTo(SessionState.PENDING);
  }

  @Test
  void asManyWaitAsMayAndOthersAreAnsweredAtOnce() {
    enqueue("a");
    List<CompletableFuture<Standing>> waiting = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      waiting.add(follow("a", null, LONG));
    }
    assertThat(follow("a", null, LONG)).isDone();
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(followed.waiting()).isEqualTo(5_000);
    stop("a");
    waiting.forEach(FollowedWorkTest::get);
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void allAreAnsweredAtAStop() {
    List<CompletableFuture<Standing>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      enqueue("a" + i);
      waiting.add(follow("a" + i, null, LONG));
    }
    followed.lifeCycleStopping(new Server());
    waiting.forEach(FollowedWorkTest::get);
    assertThat(follow("a1", null, LONG)).as("one that comes late").isDone();
  }

  @Test
  void whatIsUnknownIsRefusedAndWaitsForNothing() {
    assertThatThrownBy(() -> follow("nowhere", null, LONG)).isInstanceOf(RefusedException.class);
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void aStoreThatFailsLaterFailsTheCall() {
    enqueue("a");
    CompletableFuture<Standing> waiting = follow("a", null, Duration.ofMillis(50));
    backend.close();
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BackendUnavailableException.class);
    assertThat(followed.waiting()).isZero();
  }

  private CompletableFuture<Standing> follow(
      String id, @Nullable SessionState known, Duration wait) {
    CompletableFuture<Standing> answer = new CompletableFuture<>();
    followed.follow(
        org, id, Until.change(known), wait, answer::complete, answer::completeExceptionally);
    return answer;
  }

  private void enqueue(String id) {
    enqueue(id, id);
  }

  private void enqueue(String id, String issue) {
    backend
        .work()
        .enqueue(org, List.of(new NewWork(id, issue, issue, "p", List.of(), 3, 1, 0, 0, id, "{}")));
  }

  private void stop(String id) {
    backend.sessions().stop(org, id, new StopMessage("", null, null), Place.ANY, BY);
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Standing get(CompletableFuture<Standing> answer) {
    try {
      return answer.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }
}
