package dev.sluice.backend.hazelcast.state;

import dev.sluice.backend.Counts;
import dev.sluice.backend.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of one org, as one value: records by id, and the indexes that follow from
 * them. Not safe for use by several threads; the store runs one operation at a time on it.
 */
public final class OrgState {

  private final Map<String, SessionSlot> sessions = new HashMap<>();
  private final Map<String, WorkerEntry> workers = new HashMap<>();
  private final Map<String, Inbox> inboxes = new HashMap<>();
  private Counters counters = Counters.ZERO;

  private final WorkIndex work = new WorkIndex();
  private final Deadlines deadlines = new Deadlines();
  private final Map<String, Holdings> holdings = new HashMap<>();
  private final long[] places = new long[Place.values().length];

  /** A session; null if there is none of that id. */
  public @Nullable SessionSlot session(String id) {
    return sessions.get(id);
  }

  /** A worker; null if there is none of that id. */
  public @Nullable WorkerEntry worker(String id) {
    return workers.get(id);
  }

  /** What sessions say of that worker. */
  public Holdings holdings(String workerId) {
    return holdings.getOrDefault(workerId, Holdings.NOTHING);
  }

  /** A session's messages; null if it has none. */
  public @Nullable Inbox inbox(String sessionId) {
    return inboxes.isEmpty() ? null : inboxes.get(sessionId);
  }

  /** The counters. */
  public Counters counters() {
    return counters;
  }

  /** Live work, and its order. */
  public WorkIndex work() {
    return work;
  }

  /** What happens by time. */
  public Deadlines deadlines() {
    return deadlines;
  }

  /** How many live sessions stand in each place. */
  public Counts counts() {
    return new Counts(
        places[Place.READY.ordinal()],
        places[Place.PARKED.ordinal()],
        places[Place.LATER.ordinal()],
        places[Place.RETURNED.ordinal()],
        places[Place.CLAIMED.ordinal()],
        places[Place.DEAD.ordinal()]);
  }

  /** Replaces a record, and what follows from it. Can't fail; twice is once. */
  public void apply(Change change) {
    if (change instanceof Change.PutSession put) {
      put(put.session());
    } else if (change instanceof Change.PutPulse put) {
      put(put.workerId(), put.pulse());
    } else if (change instanceof Change.PutCounters put) {
      counters = put.counters();
    } else if (change instanceof Change.PutWorker put) {
      put(put.worker());
    } else if (change instanceof Change.RemoveWorker remove) {
      removeWorker(remove.workerId());
    } else if (change instanceof Change.PutMessage put) {
      put(put.message());
    } else if (change instanceof Change.RemoveMessage remove) {
      remove(remove.message());
    } else if (change instanceof Change.ClearInbox clear) {
      inboxes.remove(clear.sessionId());
    }
  }

  /** Keeps bytes that make no session, in place of whatever is stored under that id. */
  public void keepUnreadable(UnreadableSession session) {
    sessions.put(session.id(), session);
  }

  /** Shows every stored session, in no order. For copies of the whole state only. */
  public void eachSession(Consumer<SessionSlot> look) {
    sessions.values().forEach(look);
  }

  /** How many sessions are stored, ended ones too. */
  public int sessionCount() {
    return sessions.size();
  }

  /**
   * Shows the changes that make all the rest of this state, in no order but that which applying
   * them needs. For copies of the whole state only.
   */
  public void eachOtherRecord(Consumer<Change> look) {
    look.accept(new Change.PutCounters(counters));
    workers.forEach(
        (id, entry) -> {
          look.accept(new Change.PutWorker(entry.record()));
          look.accept(new Change.PutPulse(id, entry.pulse()));
        });
    for (Inbox inbox : inboxes.values()) {
      inbox.each(message -> look.accept(new Change.PutMessage(message)));
    }
  }

  private void put(SessionRecord session) {
    SessionSlot before = sessions.get(session.id());
    SessionRecord old = before instanceof SessionRecord readable ? readable : null;
    // In before out: what both share stays.
    SessionRecord stored = live(session) ? work.join(session) : session;
    if (old != null) {
      unindex(old);
    }
    sessions.put(stored.id(), stored);
    index(stored);
  }

  private void index(SessionRecord session) {
    if (!live(session)) {
      return;
    }
    places[session.place().ordinal()]++;
    deadlines.add(session);
    if (session.inBucket()) {
      work.enter(session);
    }
    String owner = session.owner();
    if (session.claimed() && owner != null) {
      holdings.computeIfAbsent(owner, id -> new Holdings()).mutableActive().add(session.id());
    }
    String nackedBy = session.trail().nackedBy();
    if (session.place() == Place.RETURNED && nackedBy != null) {
      holdings.computeIfAbsent(nackedBy, id -> new Holdings()).returns++;
    }
  }

  private void unindex(SessionRecord session) {
    if (!live(session)) {
      return;
    }
    places[session.place().ordinal()]--;
    deadlines.remove(session);
    if (session.inBucket()) {
      work.exit(session);
    }
    work.leave(session);
    String owner = session.owner();
    Holdings owned = owner == null ? null : holdings.get(owner);
    if (session.claimed() && owner != null && owned != null) {
      owned.mutableActive().remove(session.id());
      forgetIfNothing(owner, owned);
    }
    String nackedBy = session.trail().nackedBy();
    Holdings returned = nackedBy == null ? null : holdings.get(nackedBy);
    if (session.place() == Place.RETURNED && nackedBy != null && returned != null) {
      returned.returns--;
      forgetIfNothing(nackedBy, returned);
    }
  }

  private void forgetIfNothing(String workerId, Holdings held) {
    if (held.nothing()) {
      holdings.remove(workerId);
    }
  }

  private void put(WorkerRecord worker) {
    WorkerEntry entry = workers.get(worker.id());
    if (entry == null) {
      workers.put(worker.id(), new WorkerEntry(worker));
    } else {
      entry.replace(worker);
    }
  }

  private void put(String workerId, Pulse pulse) {
    WorkerEntry entry = workers.get(workerId);
    if (entry == null) {
      return;
    }
    endLease(entry);
    entry.replace(pulse);
    if (holdsLease(pulse)) {
      deadlines.leases().add(pulse.leaseUntilMs(), entry.record().id());
    }
  }

  private void removeWorker(String workerId) {
    WorkerEntry entry = workers.remove(workerId);
    if (entry != null) {
      endLease(entry);
    }
  }

  private void endLease(WorkerEntry entry) {
    if (holdsLease(entry.pulse())) {
      deadlines.leases().remove(entry.pulse().leaseUntilMs(), entry.record().id());
    }
  }

  private void put(MessageRecord message) {
    inboxes.computeIfAbsent(message.sessionId(), id -> new Inbox()).put(message);
  }

  private void remove(MessageRecord message) {
    Inbox inbox = inboxes.get(message.sessionId());
    if (inbox != null) {
      inbox.remove(message);
      if (inbox.size() == 0) {
        inboxes.remove(message.sessionId());
      }
    }
  }

  private static boolean live(SessionRecord session) {
    return session.place() != Place.ENDED;
  }

  private static boolean holdsLease(Pulse pulse) {
    return !pulse.silent() && pulse.leaseUntilMs() > 0;
  }
}
