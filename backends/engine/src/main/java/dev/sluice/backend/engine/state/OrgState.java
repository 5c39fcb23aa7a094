package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.IssueNumber;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link #apply} is the only way to change it. Not thread-safe: the store runs one operation at a
 * time.
 */
public final class OrgState extends OrgView {

  /** Updates the indexes too. Can't fail; idempotent. */
  public void apply(Change change) {
    ChangeEffects.apply(this, change);
  }

  void grow(long by) {
    bytes += by;
  }

  public void keepUnreadable(UnreadableSession session) {
    SessionSlot before = sessions.get(session.id());
    if (before instanceof SessionRecord readable) {
      issues.note(readable);
    }
    number(session.id(), before, session);
    sessions.put(session);
  }

  void put(SessionRecord session) {
    SessionSlot before = sessions.get(session.id());
    if (before instanceof SessionRecord old) {
      figures.count(old, session, this::hostOf);
    }
    // Add before removing: shared sets and projects stay.
    SessionRecord stored = live(session) ? work.join(session) : session;
    takeOut(before);
    number(session.id(), before, session);
    sessions.put(stored);
    index(stored);
    if (before instanceof SessionRecord old
        && live(old)
        && !old.project().equals(stored.project())) {
      work.review(old.project());
    }
    work.review(stored.project());
  }

  private String hostOf(String workerId) {
    WorkerEntry worker = workers.get(workerId);
    return worker == null ? "" : worker.record().registration().hostname();
  }

  private void number(String id, @Nullable SessionSlot before, @Nullable SessionSlot after) {
    if (before instanceof SessionRecord old
        && after instanceof SessionRecord changed
        && Objects.equals(old.issueIdentifier(), changed.issueIdentifier())) {
      return; // as transitions leave it
    }
    long from = IssueNumber.of(before);
    long to = IssueNumber.of(after);
    if (from != to && from != IssueNumber.NONE) {
      issueNumbers.remove(from, id);
    }
    if (from != to && to != IssueNumber.NONE) {
      issueNumbers.add(to, id);
    }
  }

  private void takeOut(@Nullable SessionSlot slot) {
    if (slot instanceof SessionRecord old) {
      unindex(old);
    } else if (slot instanceof MovedSession moved) {
      ended.remove(moved.endedAtMs(), moved.id());
      outbox.remove(moved.id()); // only present when changes are applied again
    }
  }

  private void index(SessionRecord session) {
    if (!live(session)) {
      ended.add(session.endedAtMs(), session.id());
      return;
    }
    places.add(session.place(), 1);
    deadlines.add(session);
    work.enter(session);
    issues.add(session);
    if (session.place() == Place.DEAD) {
      dead.add(session.endedAtMs(), session.id());
    } else if (session.claimed()) {
      claimed.add(session.claim().claimedAtMs(), session.id());
    }
    String owner = session.owner();
    if (session.claimed() && owner != null) {
      workerClaims.computeIfAbsent(owner, id -> new WorkerClaims()).add(session.id());
    }
    if (session.nackStands()) {
      for (Nacker nacker : session.returnInfo().nackers()) {
        if (nacker.keptAway()) {
          workerClaims.computeIfAbsent(nacker.workerId(), id -> new WorkerClaims()).returns++;
        }
      }
    }
  }

  private void unindex(SessionRecord session) {
    if (!live(session)) {
      ended.remove(session.endedAtMs(), session.id());
      outbox.remove(session.id());
      return;
    }
    places.add(session.place(), -1);
    deadlines.remove(session);
    work.exit(session);
    work.leave(session);
    issues.remove(session);
    if (session.place() == Place.DEAD) {
      dead.remove(session.endedAtMs(), session.id());
    } else if (session.claimed()) {
      claimed.remove(session.claim().claimedAtMs(), session.id());
    }
    String owner = session.owner();
    WorkerClaims owned = owner == null ? null : workerClaims.get(owner);
    if (session.claimed() && owner != null && owned != null) {
      owned.remove(session.id());
      forgetIfNothing(owner, owned);
    }
    if (session.nackStands()) {
      session.returnInfo().nackers().forEach(this::removeReturn);
    }
  }

  private void removeReturn(Nacker nacker) {
    WorkerClaims held = nacker.keptAway() ? workerClaims.get(nacker.workerId()) : null;
    if (held != null) {
      held.returns--;
      forgetIfNothing(nacker.workerId(), held);
    }
  }

  void moveOut(MovedSession moved) {
    SessionSlot before = sessions.get(moved.id());
    takeOut(before);
    number(moved.id(), before, moved);
    timelines.remove(moved.id());
    activities.remove(moved.id());
    acked.remove(moved.id());
    sessions.put(moved);
    ended.add(moved.endedAtMs(), moved.id());
  }

  void removeSession(String id) {
    SessionSlot slot = sessions.remove(id);
    takeOut(slot);
    number(id, slot, null);
    outbox.remove(id);
    timelines.remove(id);
    activities.remove(id);
    acked.remove(id);
    if (slot instanceof SessionRecord old) {
      work.review(old.project());
    }
  }

  private void forgetIfNothing(String workerId, WorkerClaims held) {
    if (held.nothing()) {
      workerClaims.remove(workerId);
    }
  }

  void put(QueueRecord queue) {
    ProjectWork before = work.project(queue.project());
    if (before != null) {
      deadlines.remove(before.queue());
    }
    work.put(queue);
    deadlines.add(queue);
  }

  void put(WorkerRecord worker) {
    WorkerEntry entry = workers.get(worker.id());
    if (entry == null) {
      WorkerEntry added = new WorkerEntry(worker);
      workers.put(worker.id(), added);
      workerIndex.add(added);
    } else {
      workerIndex.remove(entry);
      entry.replace(worker);
      workerIndex.add(entry);
    }
  }

  void put(String workerId, Liveness liveness) {
    WorkerEntry entry = workers.get(workerId);
    if (entry == null) {
      return;
    }
    endLease(entry);
    workerIndex.removeLiveness(entry);
    entry.replace(liveness);
    workerIndex.addLiveness(entry);
    if (holdsLease(liveness)) {
      deadlines.leases().add(liveness.leaseUntilMs(), entry.record().id());
    }
  }

  void removeWorker(String workerId) {
    WorkerEntry entry = workers.remove(workerId);
    if (entry != null) {
      endLease(entry);
      workerIndex.remove(entry);
    }
  }

  private void endLease(WorkerEntry entry) {
    if (holdsLease(entry.liveness())) {
      deadlines.leases().remove(entry.liveness().leaseUntilMs(), entry.record().id());
    }
  }

  void put(MessageRecord message) {
    inboxes.computeIfAbsent(message.sessionId(), id -> new Inbox()).put(message);
    unread.add(message);
  }

  void remove(MessageRecord message) {
    Inbox inbox = inboxes.get(message.sessionId());
    if (inbox != null) {
      inbox.remove(message);
      unread.remove(message);
      if (inbox.size() == 0) {
        inboxes.remove(message.sessionId());
      }
    }
  }

  void clearInbox(String sessionId) {
    Inbox inbox = inboxes.remove(sessionId);
    if (inbox != null) {
      inbox.each(unread::remove);
    }
  }

  /** Dead sessions count with the live ones, and so do their capabilities. */
  private static boolean live(SessionRecord session) {
    return session.place() != Place.ENDED;
  }

  private static boolean holdsLease(Liveness liveness) {
    return !liveness.silent() && liveness.leaseUntilMs() > 0;
  }

  void add(Change.AddEvent add) {
    timelines
        .computeIfAbsent(add.sessionId(), id -> timeline(0, List.of()))
        .add(add.number(), add.event(), add.keep());
  }

  void put(Change.PutTimeline put) {
    timelines.put(put.sessionId(), timeline(put.count(), put.lines()));
  }

  private static SessionLog<Event> timeline(long count, List<Event> lines) {
    return new SessionLog<>(line -> 0, count, lines);
  }

  void add(Change.AddAcked add) {
    acked
        .computeIfAbsent(add.sessionId(), id -> acked(0, List.of()))
        .add(add.number(), add.acked(), add.keep());
  }

  void put(Change.PutAcked put) {
    acked.put(put.sessionId(), acked(put.count(), put.lines()));
  }

  private static SessionLog<AckedRecord> acked(long count, List<AckedRecord> lines) {
    return new SessionLog<>(line -> 0, count, lines);
  }

  void add(Change.AddActivity add) {
    activities
        .computeIfAbsent(add.sessionId(), id -> activities(List.of()))
        .add(add.activity().id(), add.activity(), add.keep());
  }

  void put(Change.PutActivities put) {
    activities.put(put.sessionId(), activities(put.lines()));
  }

  private static SessionLog<ActivityRecord> activities(List<ActivityRecord> lines) {
    long count = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).id();
    return new SessionLog<>(ActivityRecord::bytes, count, lines);
  }
}
