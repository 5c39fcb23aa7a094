package dev.sluice.backend.engine.read;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Availability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operation asks of a state; each answer may be a refusal. Nothing here applies a change.
 */
public class ReadStep {

  /**
   * How long after a text was stored the state may still name it. Far less than the age at which
   * clean-up takes texts that nothing names.
   */
  private static final long TEXT_GOOD_MS = 30_000;

  protected final OrgState state;
  protected final Rules rules;
  protected final long clockMs;
  protected final List<String> damaged = new ArrayList<>(0);
  protected long nowMs;
  private final Rules.Bounds bounds;
  private final List<OrgCall.Loaded> loaded;

  protected ReadStep(
      OrgState state, Rules rules, long clockMs, List<OrgCall.Loaded> loaded, Rules.Bounds bounds) {
    this.state = state;
    this.rules = rules;
    this.clockMs = clockMs;
    this.loaded = loaded;
    this.bounds = bounds;
    nowMs = StoredTime.next(state.counters().nowMs(), clockMs);
  }

  public OrgState state() {
    return state;
  }

  public Rules rules() {
    return rules;
  }

  /** The operation's time, epoch ms. */
  public long now() {
    return nowMs;
  }

  public RefusedException refusal(Refusal refusal, String id) {
    return RefusedException.of(refusal, id, state.counters().seq());
  }

  public RefusedException wrongState(SessionRecord session) {
    return RefusedException.wrongState(
        session.id(), session.place(), session.state(), state.counters().seq());
  }

  /**
   * Refuses to name a text that was stored too long ago. Both times are of the clock: the stored
   * time may be ahead of it, which says nothing of the text.
   */
  public void requireFresh(long storedMs) {
    if (clockMs - storedMs > TEXT_GOOD_MS) {
      throw refusal(Refusal.RETRY, "");
    }
  }

  /** The session of that id, wherever its record is. */
  public SessionRecord session(String id) {
    SessionSlot slot = state.session(id);
    if (slot == null) {
      throw refusal(Refusal.UNKNOWN_SESSION, id);
    }
    SessionRecord session = readable(slot);
    if (session == null) {
      damaged.add(id);
      throw refusal(Refusal.DAMAGED, id);
    }
    return session;
  }

  /** The session of that id, which must be where a caller believes it to be. */
  public SessionRecord sessionIn(Set<Place> from, String id) {
    SessionRecord session = session(id);
    if (!from.contains(session.place())) {
      throw wrongState(session);
    }
    return session;
  }

  /** The session that stands there; null if its record can't be read. */
  public @Nullable SessionRecord readable(SessionSlot slot) {
    if (slot instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? null : record.session();
    }
    return slot instanceof SessionRecord session ? session : null;
  }

  /** The session that an index of live ones names; null, and noted, if it can't be read. */
  public @Nullable SessionRecord indexed(String id) {
    if (state.session(id) instanceof SessionRecord session) {
      return session;
    }
    damaged.add(id);
    return null;
  }

  /** The worker of that id, if the caller may know of it. */
  public WorkerEntry worker(String id, @Nullable String registeredBy) {
    WorkerEntry worker = knownWorker(id, registeredBy);
    if (state.revoked(worker.record().registration().registeredBy())) {
      throw refusal(Refusal.UNKNOWN_WORKER, id);
    }
    return worker;
  }

  /** The same, but also one whose credential was revoked. */
  public WorkerEntry knownWorker(String id, @Nullable String registeredBy) {
    WorkerEntry worker = state.worker(id);
    if (worker == null
        || (registeredBy != null
            && !registeredBy.equals(worker.record().registration().registeredBy()))) {
      throw refusal(Refusal.UNKNOWN_WORKER, id);
    }
    return worker;
  }

  /** The availability of a worker that calls. */
  public Availability availability(WorkerEntry worker) {
    return Availability.whileCalling(FindWorker.show(this, worker), nowMs);
  }

  /** The session with its position, for an answer. */
  public SessionAnswer view(SessionRecord session) {
    return new SessionAnswer(session, position(session));
  }

  /** The session as it is now, for an answer. */
  public SessionAnswer view(String id) {
    return view(session(id));
  }

  /** 1-based among its project's waiting work; 0 if it doesn't wait or is too far behind. */
  public int position(SessionRecord session) {
    var project = session.inBucket() ? state.work().project(session.project()) : null;
    if (project == null) {
      return 0;
    }
    int rank = project.rank(session.score(), session.id(), rules.exactPosition());
    return rank < rules.exactPosition() ? rank + 1 : 0;
  }

  /** A session's timeline, the oldest line first. */
  public List<Event> events(SessionRecord session) {
    List<Event> lines = List.of();
    long count = 0;
    SessionLog<Event> timeline = state.timeline(session.id());
    if (state.session(session.id()) instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      lines = record == null ? List.of() : record.events();
      count = record == null ? 0 : record.eventCount();
    } else if (timeline != null) {
      lines = timeline.lines();
      count = timeline.count();
    }
    int keep = rules.kept().events();
    List<Event> all = new ArrayList<>(lines.size() + 1);
    if (lines.size() == count) {
      all.add(
          new Event(session.enqueuedSeq(), session.createdAtMs(), Event.Kind.ENQUEUED, null, null));
    }
    all.addAll(lines);
    return all.subList(Math.max(0, all.size() - keep), all.size());
  }

  /** A session's activities, the oldest first. */
  public List<ActivityRecord> activities(String id) {
    if (state.session(id) instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? List.of() : record.activities();
    }
    SessionLog<ActivityRecord> log = state.activities(id);
    return log == null ? List.of() : log.lines();
  }

  /** What a session acknowledged last, the first of it first. */
  public List<AckedRecord> acknowledged(String id) {
    if (state.session(id) instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? List.of() : record.acked();
    }
    SessionLog<AckedRecord> log = state.acked(id);
    return log == null ? List.of() : List.copyOf(log.lines());
  }

  /** All that is to be kept of an ended session. */
  public FinalRecord finalRecord(SessionRecord session) {
    SessionLog<Event> timeline = state.timeline(session.id());
    SessionLog<AckedRecord> log = state.acked(session.id());
    return new FinalRecord(
        session,
        timeline == null ? 0 : timeline.count(),
        timeline == null ? List.of() : timeline.lines(),
        activities(session.id()),
        log == null ? 0 : log.count(),
        log == null ? List.of() : log.lines());
  }

  public @Nullable FinalRecord load(MovedSession moved) {
    for (OrgCall.Loaded each : loaded) {
      if (each.name() == moved.record() && each.sessionId().equals(moved.id())) {
        return each.record();
      }
    }
    throw new NeedsRecords(List.of(new Reply.Needed(moved.id(), moved.record())));
  }

  /** Asks at once for all records outside the state that these sessions have. */
  public void loadAll(List<String> ids) {
    List<Reply.Needed> needed = new ArrayList<>(0);
    for (int i = 0; i < ids.size(); i++) {
      if (state.session(ids.get(i)) instanceof MovedSession moved && !isLoaded(moved)) {
        needed.add(new Reply.Needed(moved.id(), moved.record()));
      }
    }
    if (!needed.isEmpty()) {
      throw new NeedsRecords(needed);
    }
  }

  private boolean isLoaded(MovedSession moved) {
    return loaded.stream()
        .anyMatch(each -> each.name() == moved.record() && each.sessionId().equals(moved.id()));
  }

  /** Whether one more project of that name would be too many. */
  public boolean isOneTooMany(String project) {
    return state.work().project(project) == null
        && state.work().projectNames().size() >= rules.bounds().maxProjects();
  }

  /** Refuses what would begin a project too many. */
  public void requireProject(String project) {
    if (isOneTooMany(project)) {
      throw refusal(Refusal.TOO_MANY_PROJECTS, project);
    }
  }

  /** Whether there is no room for so many bytes of work or a job. */
  public boolean isFullForWork(long more) {
    return state.bytes() + more > bounds.maxWorkBytes();
  }

  /** Refuses so many bytes of anything else where there is no room. */
  public void requireBytes(long more) {
    if (state.bytes() + more > bounds.maxAllBytes()) {
      throw refusal(Refusal.STORE_FULL, "");
    }
  }

  /** How many bytes there are too many for what is over to be kept for its time. */
  public long pressure() {
    return state.bytes() - bounds.pressedBytes();
  }

  /**
   * Thrown before anything was applied: the operation needs records that moved out of the state.
   */
  protected static final class NeedsRecords extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Reply.Needed> needed;

    private NeedsRecords(List<Reply.Needed> needed) {
      super("records needed", null, false, false);
      this.needed = needed;
    }

    public List<Reply.Needed> needed() {
      return needed;
    }
  }
}
