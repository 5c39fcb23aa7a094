package dev.sluice.backend.engine.write;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.records.Abilities;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.Liveness.ClaimRef;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A poll: docs/rules.md, "Poll".
 *
 * @param batch true to be offered jobs
 * @param more true to claim more in place of missing items of the same request
 * @param node that answers; null for a copy that doesn't know it
 * @param messageBytes that the answer has already of the messages of an earlier run
 */
public record Poll(
    String workerId,
    @Nullable String registeredBy,
    String requestId,
    int max,
    boolean batch,
    boolean more,
    @Nullable String node,
    long messageBytes)
    implements WriteOperation<Poll.Answer> {

  /**
   * @param mayTake true if freeSlots is not 0; keeps its place on the wire
   * @param more true if any work is left in order
   * @param repeated true if the last poll had the same request id
   */
  public record Answer(
      List<Claimed> work,
      List<ShownMessage> messages,
      List<Job> jobs,
      Dialect dialect,
      Abilities capabilities,
      Projects takes,
      boolean mayTake,
      boolean more,
      boolean repeated,
      int freeSlots) {}

  /**
   * @param before state before the claim if this poll made it
   */
  public record Claimed(
      String sessionId,
      long token,
      long acceptByMs,
      String project,
      long queuedAtMs,
      long payload,
      @Nullable ClaimState before) {}

  public record Job(String id, long item) {}

  @Override
  public Answer run(WriteStep step) {
    WorkerEntry worker = step.worker(workerId, registeredBy);
    Liveness before = worker.liveness();
    Registration registration = worker.record().registration();
    boolean repeated = requestId.equals(before.lastRequest());
    Due.handle(step);
    boolean snake = registration.dialect() == Dialect.SNAKE_CASE;
    if (!repeated) {
      Offers offers = new Offers(step, before, node);
      if (snake) {
        Acks.settleOffers(step, workerId, offers);
      }
      BatchOperations.settleOffers(step, workerId, offers);
    }
    int free = freeSlots(step, worker);
    Map<String, ClaimState> fresh = new HashMap<>(0);
    List<ClaimRef> claims;
    if (!repeated) {
      claims = claim(step, worker, Math.min(max, free), 0, fresh);
    } else if (more) {
      claims = more(step, worker, free, before.lastClaims(), fresh);
    } else {
      claims = before.lastClaims();
    }
    step.apply(
        new Change.PutLiveness(
            workerId, before.seen(step.now(), step.rules().leaseMs()).polled(requestId, claims)));
    List<Claimed> work = standing(step, claims, fresh);
    List<MessageRecord> messages =
        registration.dialect() == Dialect.GO_DAEMON
            ? List.of()
            : offer(step, work, registration.dialect(), repeated);
    List<Job> jobs = jobs(step, worker, repeated);
    if (!jobs.isEmpty() || (snake && !messages.isEmpty())) {
      step.apply(new Change.PutLiveness(workerId, worker.liveness().offering(node, repeated)));
    }
    int freeSlots = free - fresh.size();
    return new Answer(
        work,
        messages.isEmpty() ? List.of() : ShownMessage.offered(step, messages),
        jobs,
        registration.dialect(),
        worker.abilities(),
        worker.projects(),
        freeSlots > 0,
        inOrder(step) > 0,
        repeated,
        freeSlots);
  }

  private static int freeSlots(WriteStep step, WorkerEntry entry) {
    Worker worker = FindWorker.show(step, entry);
    return Availability.whileCalling(worker, step.now()) == Availability.READY
        ? worker.freeSlots()
        : 0;
  }

  private List<Job> jobs(WriteStep step, WorkerEntry worker, boolean repeated) {
    List<JobRecord> offered = List.of();
    if (repeated) {
      offered = BatchOperations.offeredTo(step, workerId);
    } else if (batch) {
      offered = BatchOperations.offer(step, worker);
    }
    return offered.isEmpty()
        ? List.of()
        : offered.stream().map(job -> new Job(job.id(), job.item())).toList();
  }

  private List<ClaimRef> more(
      WriteStep step,
      WorkerEntry worker,
      int free,
      List<ClaimRef> before,
      Map<String, ClaimState> fresh) {
    List<SessionRecord> claimed = new ArrayList<>();
    long bytes = 0;
    for (Claimed each : standing(step, before, Map.of())) {
      SessionRecord session = step.session(each.sessionId());
      claimed.add(session);
      bytes += answerBytes(session, worker.record().registration().dialect());
    }
    int most = Math.min(max - claimed.size(), free);
    for (ClaimRef each : claim(step, worker, most, bytes, fresh)) {
      claimed.add(step.session(each.sessionId()));
    }
    claimed.sort((a, b) -> RankedSet.compare(a.score(), a.id(), b.score(), b.id()));
    return claimed.stream()
        .map(session -> new ClaimRef(session.id(), session.claim().token()))
        .toList();
  }

  /**
   * @param before bytes of the claims that the answer has already
   */
  private List<ClaimRef> claim(
      WriteStep step, WorkerEntry worker, int most, long before, Map<String, ClaimState> fresh) {
    Registration registration = worker.record().registration();
    int wanted = Math.min(most, step.rules().maxItemsPerPoll());
    if (wanted <= 0) {
      return List.of();
    }
    Selection selection = new Selection(step, worker);
    List<ClaimRef> claims = new ArrayList<>(wanted);
    long bytes = before;
    while (claims.size() < wanted) {
      SessionRecord best = selection.best();
      if (best == null) {
        break;
      }
      boolean alone = best.lostUnseen();
      long more = answerBytes(best, registration.dialect());
      boolean behind = before > 0 || !claims.isEmpty();
      if (behind && (alone || bytes + more > PollResult.MAX_WORK_BYTES)) {
        break;
      }
      bytes += more;
      SessionRecord claimed = claim(step, best, registration);
      claims.add(new ClaimRef(best.id(), claimed.claim().token()));
      fresh.put(best.id(), best.claim());
      if (alone) {
        break;
      }
    }
    return claims;
  }

  private static long answerBytes(SessionRecord session, Dialect dialect) {
    return PollResult.copies(dialect) * session.bytes();
  }

  private static long inOrder(WriteStep step) {
    Counts counts = step.state().counts();
    return counts.ready() + counts.returned();
  }

  static SessionRecord claim(WriteStep step, SessionRecord session, Registration worker) {
    long acceptBy = step.now() + step.rules().acceptMs(worker.dialect());
    SessionRecord claimed = session.claim(worker.workerId(), step.newToken(), acceptBy, step.now());
    step.put(claimed);
    step.event(session.id(), Event.Kind.CLAIMED, worker.workerId(), null);
    return claimed;
  }

  private List<Claimed> standing(
      WriteStep step, List<ClaimRef> claims, Map<String, ClaimState> fresh) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<Claimed> standing = new ArrayList<>(claims.size());
    for (ClaimRef claim : claims) {
      if (step.state().session(claim.sessionId()) instanceof SessionRecord session
          && session.claimed()
          && !session.inGrace()
          && session.claim().token() == claim.token()
          && workerId.equals(session.owner())) {
        standing.add(
            new Claimed(
                session.id(),
                claim.token(),
                session.claim().acceptByMs(),
                session.project(),
                session.queuedAtMs(),
                session.payload(),
                fresh.get(session.id())));
      }
    }
    return standing;
  }

  /**
   * Offers messages to sessions claimed before this poll, and hides them for the visibility
   * time-out.
   *
   * @param repeated true if the last answer was lost: it is told again of its hidden messages
   */
  private List<MessageRecord> offer(
      WriteStep step, List<Claimed> handedOut, Dialect dialect, boolean repeated) {
    boolean snake = dialect == Dialect.SNAKE_CASE;
    List<MessageRecord> chosen = new ArrayList<>(0);
    List<MessageRecord> before = new ArrayList<>(0);
    for (String id : step.state().workerClaims(workerId).active()) {
      Inbox inbox = step.state().inbox(id);
      if (inbox == null || handedOut.stream().anyMatch(claim -> claim.sessionId().equals(id))) {
        continue;
      }
      SessionRecord session = step.indexed(id);
      if (session != null) {
        choose(step, session, inbox, snake && repeated ? workerId : null, chosen);
        if (snake && repeated) {
          before.addAll(inbox.offeredTo(workerId));
        }
      }
    }
    if (chosen.isEmpty() && before.isEmpty()) {
      return chosen;
    }
    // a repeated poll chooses the messages of its first run again
    long taken = snake && repeated ? 0 : messageBytes;
    long room = PollResult.MAX_BYTES - PollResult.MAX_JOB_BYTES - taken;
    for (Claimed claim : handedOut) {
      room -= answerBytes(step.session(claim.sessionId()), dialect);
    }
    List<MessageRecord> offered = fitting(chosen, room);
    before.removeAll(offered);
    for (MessageRecord leftOut : before) {
      // the next poll would acknowledge it
      step.apply(new Change.PutMessage(leftOut.withdrawn()));
    }
    for (int i = 0; i < offered.size(); i++) {
      long until = step.now() + step.rules().visibilityMs();
      step.apply(new Change.PutMessage(offered.get(i).offered(snake ? workerId : null, until)));
    }
    return offered;
  }

  /**
   * Returns the messages that an answer has room for: the urgent ones of all sessions, up to the
   * first that doesn't fit, then the normal ones.
   */
  private static List<MessageRecord> fitting(List<MessageRecord> chosen, long room) {
    if (chosen.stream().mapToLong(MessageRecord::answerBytes).sum() <= room) {
      return chosen;
    }
    Set<MessageRecord> kept = new HashSet<>();
    long left = room;
    for (Lane lane : List.of(Lane.URGENT, Lane.NORMAL)) {
      for (MessageRecord message : chosen) {
        if (message.lane() == lane && left >= 0) {
          left -= message.answerBytes();
          if (left >= 0) {
            kept.add(message);
          }
        }
      }
    }
    return chosen.stream().filter(kept::contains).toList();
  }

  private static void choose(
      WriteStep step,
      SessionRecord session,
      Inbox inbox,
      @Nullable String againTo,
      List<MessageRecord> offered) {
    if (session.inGrace()) {
      MessageRecord stop = inbox.stop();
      if (stop != null && stop.visible(step.now(), againTo)) {
        offered.add(stop);
      }
      return;
    }
    int places = step.rules().messagesPerRead();
    List<MessageRecord> urgent = inbox.unread(Lane.URGENT, step.now(), againTo, places);
    List<MessageRecord> normal = inbox.unread(Lane.NORMAL, step.now(), againTo, places);
    int normalTaken = step.rules().normalTaken(urgent.size(), normal.size());
    offered.addAll(urgent.subList(0, Math.min(urgent.size(), places - normalTaken)));
    offered.addAll(normal.subList(0, normalTaken));
  }
}
