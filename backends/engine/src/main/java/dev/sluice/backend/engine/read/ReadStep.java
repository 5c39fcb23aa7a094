package dev.sluice.backend.engine.read;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.workers.Availability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state as an operation reads it. Methods may throw a refusal; none changes the state. */
public class ReadStep {

  protected final OrgState state;
  protected final Rules rules;
  protected final long clockMs;
  protected final List<String> damaged = new ArrayList<>(0);
  protected long nowMs;
  private final List<OrgCall.Loaded> loaded;

  protected ReadStep(OrgState state, Rules rules, long clockMs, List<OrgCall.Loaded> loaded) {
    this.state = state;
    this.rules = rules;
    this.clockMs = clockMs;
    this.loaded = loaded;
    nowMs = StoredTime.next(state.counters().nowMs(), clockMs);
  }

  public OrgState state() {
    return state;
  }

  public Rules rules() {
    return rules;
  }

  /** Epoch ms. */
  public long now() {
    return nowMs;
  }

  public @Nullable Closure standingClosure() {
    Closure closure = state.closure();
    return closure != null && closure.stands(nowMs) ? closure : null;
  }

  public RefusedException refusal(Refusal refusal, String id) {
    return RefusedException.of(refusal, id);
  }

  public RefusedException wrongState(SessionRecord session) {
    return session.state().refusal(session.id(), session.place());
  }

  /** Loads a session that moved out; refuses unknown and damaged ones. */
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

  public @Nullable SessionRecord readable(SessionSlot slot) {
    if (slot instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? null : record.session();
    }
    return slot instanceof SessionRecord session ? session : null;
  }

  /** A live session named by an index; null if unreadable, which is noted. */
  public @Nullable SessionRecord indexed(String id) {
    if (state.session(id) instanceof SessionRecord session) {
      return session;
    }
    damaged.add(id);
    return null;
  }

  /** Refuses workers the caller may not use, and those whose credential was revoked. */
  public WorkerEntry worker(String id, @Nullable String registeredBy) {
    WorkerEntry worker = knownWorker(id, registeredBy);
    if (state.revoked(worker.record().registration().registeredBy())) {
      throw refusal(Refusal.UNKNOWN_WORKER, id);
    }
    return worker;
  }

  public WorkerEntry knownWorker(String id, @Nullable String registeredBy) {
    WorkerEntry worker = state.worker(id);
    if (worker == null
        || (registeredBy != null
            && !registeredBy.equals(worker.record().registration().registeredBy()))) {
      throw refusal(Refusal.UNKNOWN_WORKER, id);
    }
    return worker;
  }

  public Availability availability(WorkerEntry worker) {
    return Availability.whileCalling(FindWorker.show(this, worker), nowMs);
  }

  public PositionedSession view(SessionRecord session) {
    return new PositionedSession(session, position(session));
  }

  public PositionedSession view(String id) {
    return view(session(id));
  }

  /** 1-based in the project's queue; 0 if not waiting or beyond the exact limit. */
  public int position(SessionRecord session) {
    var project = session.place().inOrder() ? state.work().project(session.project()) : null;
    if (project == null) {
      return 0;
    }
    int rank = project.rank(session.score(), session.id(), rules.exactPosition());
    return rank < rules.exactPosition() ? rank + 1 : 0;
  }

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

  public List<ActivityRecord> activities(String id) {
    if (state.session(id) instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? List.of() : record.activities();
    }
    SessionLog<ActivityRecord> log = state.activities(id);
    return log == null ? List.of() : log.lines();
  }

  public List<AckedRecord> acknowledged(String id) {
    if (state.session(id) instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      return record == null ? List.of() : record.acked();
    }
    SessionLog<AckedRecord> log = state.acked(id);
    return log == null ? List.of() : List.copyOf(log.lines());
  }

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
    throw new NeedsRecords(List.of(new OrgReply.Needed(moved.id(), moved.record())));
  }

  public void loadAll(List<String> ids) {
    List<OrgReply.Needed> needed = new ArrayList<>(0);
    for (int i = 0; i < ids.size(); i++) {
      if (state.session(ids.get(i)) instanceof MovedSession moved && !isLoaded(moved)) {
        needed.add(new OrgReply.Needed(moved.id(), moved.record()));
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

  /** Thrown before any change: the operation needs final records. */
  protected static final class NeedsRecords extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<OrgReply.Needed> needed;

    private NeedsRecords(List<OrgReply.Needed> needed) {
      super("records needed", null, false, false);
      this.needed = needed;
    }

    public List<OrgReply.Needed> needed() {
      return needed;
    }
  }
}
