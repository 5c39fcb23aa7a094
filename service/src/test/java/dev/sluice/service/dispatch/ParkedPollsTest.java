package dev.sluice.service.dispatch;

import static dev.sluice.service.dispatch.ParkedScene.LONG;
import static dev.sluice.service.dispatch.ParkedScene.ORG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.dispatch.ParkedScene.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ParkedPollsTest {

  private static final int MOST = 200;
  private static final AuditNote NOTE = new AuditNote("an operator", "a test");

  private final ParkedScene scene = new ParkedScene(MOST);

  @AfterEach
  void close() {
    scene.close();
  }

  // What wakes

  @Test
  void aPollThatFindsWorkIsAnsweredAtOnce() {
    scene.enqueue("a");
    Asked poll = scene.park(scene.worker("w", 1));

    assertThat(poll.answer).isDone();
    assertThat(poll.sessions()).containsExactly("a");
    assertThat(scene.polls.parked()).isZero();
  }

  @Test
  void workThatComesLaterAnswersIt() {
    Asked poll = scene.park(scene.workerOf("w", "web"));
    scene.enqueue("app", List.of(), "not-its-own");
    assertThat(poll.answer).isNotDone();
    assertThat(scene.polls.parked()).isEqualTo(1);
    scene.enqueue("web", List.of(), "its-own");

    assertThat(poll.sessions()).containsExactly("its-own");
    assertThat(scene.polls.parked()).isZero();
  }

  @Test
  void workOfNoProjectSuitsAll() {
    Asked poll = scene.park(scene.workerOf("w", "web"));
    scene.enqueue("a");

    assertThat(poll.sessions()).containsExactly("a");
  }

  @Test
  void aMessageAnswersIt() {
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    Asked poll = scene.park(worker);
    scene.backend.inboxes().send(ORG, "a", directive(), NOTE);

    assertThat(poll.get().result().messages()).hasSize(1);
  }

  @Test
  void aResumedQueueAnswersIt() {
    scene.backend.queues().pause(ORG, "web", 0, NOTE);
    scene.enqueue("web", List.of(), "a");
    Asked poll = scene.park(scene.worker("w", 1));
    assertThat(poll.answer).isNotDone();
    scene.backend.queues().resume(ORG, "web", NOTE);

    assertThat(poll.sessions()).containsExactly("a");
  }

  @Test
  void aJobAnswersOneThatScans() {
    Asked plain = scene.park(scene.worker("plain", 1));
    Asked scans = scene.park(scene.worker("scans", 1, BatchLane.CAPABILITY));
    scene.backend.batch().add(ORG, List.of(new NewBatchJob("job", "hash", "{}")));

    assertThat(scans.get().result().batch()).hasSize(1);
    assertThat(plain.answer).isNotDone();
  }

  // Whom

  @Test
  void theFirstThatCameGetsIt() {
    List<Asked> polls = parked(3);
    scene.enqueue("a");

    assertThat(polls.get(0).sessions()).containsExactly("a");
    assertThat(polls.subList(1, 3)).allSatisfy(later -> assertThat(later.answer).isNotDone());
  }

  @Test
  void aBulkReachesAsManyAsThereIsWorkFor() {
    List<Asked> polls = parked(100);
    scene.enqueue(IntStream.range(0, 100).mapToObj(i -> "item-" + i).toArray(String[]::new));

    assertThat(polls).flatExtracting(Asked::sessions).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void workGoesPastThoseThatLackACapability() {
    List<Asked> plain = parked(20);
    Asked capable = scene.park(scene.worker("capable", 1, "gpu"));
    scene.enqueue("web", List.of("gpu"), "a");

    assertThat(capable.sessions()).containsExactly("a");
    assertThat(plain).allSatisfy(poll -> assertThat(poll.answer).isNotDone());
  }

  @Test
  void workGoesPastFullWorkers() {
    for (int i = 0; i < 20; i++) {
      WorkerRef full = scene.worker("full-" + i, 1);
      scene.running(full, "runs-" + i);
      scene.park(full);
    }
    Asked free = scene.park(scene.worker("free", 1));
    scene.enqueue("a");

    assertThat(free.sessions()).containsExactly("a");
  }

  @Test
  void workGoesPastTheOneThatNackedIt() {
    scene.enqueue("a");
    WorkerRef first = scene.worker("first", 1);
    scene.park(first).get();
    scene.backend.sessions().nack(ORG, "a", new Holder("first", null, 0), null);
    Asked again = scene.park(first);
    assertThat(again.answer).isNotDone();
    Asked other = scene.park(scene.worker("other", 1));

    assertThat(other.sessions()).containsExactly("a");
  }

  @Test
  void workGoesPastAClientThatIsGone() {
    Asked gone = scene.park(scene.worker("gone", 1));
    Asked next = scene.park(scene.worker("next", 1));
    gone.gone = true;
    scene.enqueue("a");

    assertThat(next.sessions()).containsExactly("a");
    assertThat(gone.sessions()).isEmpty();
  }

  @Test
  void noMoreIsAskedForThanWanted() {
    WorkerRef worker = scene.worker("w", 10);
    scene.enqueue("a", "b", "c");

    assertThat(scene.ask(worker, 2, LONG).sessions()).containsExactly("a", "b");
    assertThat(scene.ask(worker, 100, Duration.ZERO).sessions()).containsExactly("c");
  }

  // What ends it

  @Test
  void itsTimeEndsIt() {
    WorkerRef worker = scene.worker("w", 1);

    assertThat(scene.ask(worker, 5, Duration.ofMillis(1)).get().empty()).isTrue();
    assertThat(scene.polls.parked()).isZero();
  }

  @Test
  void aNewerPollOfItsWorkerEndsIt() {
    WorkerRef worker = scene.worker("w", 1);
    Asked first = scene.park(worker);
    Asked second = scene.park(worker);
    assertThat(first.get().empty()).isTrue();
    assertThat(scene.ask(worker, 5, Duration.ZERO).get().empty()).isTrue();
    assertThat(second.get().empty()).isTrue();
    Asked third = scene.park(worker);
    scene.enqueue("a");

    assertThat(third.sessions()).containsExactly("a");
  }

  @Test
  void aPollThatIsRefusedEndsNoOther() {
    Asked poll = scene.park(scene.worker("w", 1));
    WorkerRef stranger = new WorkerRef(ORG, "w", "another-key");
    assertThatThrownBy(() -> scene.park(stranger)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> scene.ask(stranger, 5, Duration.ZERO))
        .isInstanceOf(RefusedException.class);
    assertThat(poll.answer).isNotDone();
    assertThat(scene.polls.parked()).isEqualTo(1);
    scene.enqueue("a");

    assertThat(poll.sessions()).containsExactly("a");
  }

  @Test
  void beyondAsManyAsMayWaitItIsAnsweredAtOnce() {
    List<Asked> polls = parked(MOST);
    WorkerRef worker = scene.worker("beyond", 1);
    assertThat(scene.park(worker).answer).isDone();
    scene.enqueue("a");
    assertThat(polls.get(0).sessions()).containsExactly("a");

    assertThat(scene.park(worker).answer).as("there is room again").isNotDone();
  }

  @Test
  void aStopAnswersAllAndHandsNothingOut() {
    List<Asked> polls = parked(50);
    scene.polls.quiesce();
    scene.enqueue("a");

    assertThat(polls).allSatisfy(poll -> assertThat(poll.get().empty()).isTrue());
    WorkerRef worker = scene.worker("late", 1);
    assertThat(scene.park(worker).get().empty()).isTrue();
    assertThat(scene.ask(worker, 5, Duration.ZERO).get().empty()).isTrue();
    assertThat(scene.polls.parked()).isZero();
    assertThat(scene.backend.work().counts(ORG).ready()).isEqualTo(1);
  }

  @Test
  void aWorkerThatIsGoneIsToldByItsNextPoll() {
    Asked revoked = scene.park(scene.worker("w", 1));
    scene.backend.credentials().revoke(ORG, "key");
    scene.enqueue("a");

    assertThat(revoked.get().empty()).isTrue();
    assertThat(scene.polls.parked()).isZero();
  }

  // Answers that can't be written

  @Test
  void whatWasNotWrittenReachesAnother() {
    scene.enqueue("a");
    WorkerRef worker = scene.worker("w", 1);
    Polled lost = scene.park(worker).get();
    Asked other = scene.park(scene.worker("other", 1));
    scene.polls.unwritten(worker, lost);

    assertThat(other.sessions()).containsExactly("a");
  }

  @Test
  void jobsThatWereNotWrittenAreToldAgainAndNotTakenForDelivered() {
    scene.backend.batch().add(ORG, List.of(new NewBatchJob("job", "hash", "{}")));
    WorkerRef worker = scene.worker("w", 1, BatchLane.CAPABILITY);
    Poller poller = new Poller(scene.backend.workers(), scene.backend.sessions(), "other", 5);
    PollCall call = new PollCall(worker, true, 5, Patience.NONE);
    Polled lost = poller.poll(call);
    poller.unwritten(worker, lost);

    assertThat(poller.poll(call).result().batch()).isEqualTo(lost.result().batch()).hasSize(1);
    poller.poll(call);
    assertThat(scene.backend.batch().find(ORG, "job").state()).isEqualTo(BatchJob.State.DELIVERED);
  }

  @Test
  void aPollThatRepeatsWhatIsOverLooksAnew() {
    Poller poller = new Poller(scene.backend.workers(), scene.backend.sessions(), "other", 5);
    WorkerRef worker = scene.worker("w", 1);
    scene.running(worker, "a");
    scene.backend.inboxes().send(ORG, "a", directive(), NOTE);
    PollCall call = new PollCall(worker, true, 5, Patience.NONE);
    poller.unwritten(worker, poller.poll(call));
    scene
        .backend
        .sessions()
        .stop(ORG, "a", new StopMessage("enough", null, null), Set.of(Place.CLAIMED), NOTE);
    scene.report("a", SessionState.STOPPED);
    scene.enqueue("b");

    assertThat(poller.poll(call).result().work())
        .extracting(ClaimedWork::sessionId)
        .containsExactly("b");
  }

  private List<Asked> parked(int count) {
    List<Asked> polls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      polls.add(scene.park(scene.worker("w-" + i, 1)));
    }
    return polls;
  }

  private static NewMessage directive() {
    return new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, "m", null, null);
  }
}
