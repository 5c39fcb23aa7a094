package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.Counters;
import dev.sluice.backend.hazelcast.state.Inbox;
import dev.sluice.backend.hazelcast.state.OrgState;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.SessionSlot;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation under way: the state it decides on, its time, and the changes it has applied, which
 * are all that a copy of the state needs.
 */
public final class Step {

  /**
   * How long after a text was stored the entry may still name it. Far less than the age at which
   * clean-up takes texts that nothing names.
   */
  private static final long TEXT_GOOD_MS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(Step.class);

  private final OrgState state;
  private final Rules rules;
  private final long nowMs;
  private final List<Change> changes = new ArrayList<>(4);
  private final List<Reply.Text> garbage = new ArrayList<>(0);
  private final List<String> damaged = new ArrayList<>(0);
  private long token;
  private long lastSweepMs;
  private long gapEndMs;

  /**
   * @param clockMs the time now, epoch ms; stored time never goes back, whatever it says
   */
  public Step(OrgState state, Rules rules, long clockMs) {
    this.state = state;
    this.rules = rules;
    Counters counters = state.counters();
    nowMs = Math.max(clockMs, counters.nowMs());
    token = counters.token();
    lastSweepMs = counters.lastSweepMs();
    gapEndMs = counters.gapEndMs();
  }

  /**
   * Carries an operation out. Never throws: once something is applied, what was applied must reach
   * the copies, whatever happens then.
   */
  public Reply run(Operation<?> operation) {
    Object value = null;
    Reply.Refused refused = null;
    String broken = null;
    try {
      value = operation.run(this);
    } catch (RefusedException e) {
      refused = new Reply.Refused(e.refusal(), String.valueOf(e.getMessage()), e.owner());
    } catch (RuntimeException e) {
      LOG.error("operation {} broke", operation, e);
      broken = operation.getClass().getSimpleName() + ": " + e;
    }
    keepCounters();
    return new Reply(state.counters().seq(), value, refused, broken, garbage, damaged);
  }

  /** What was applied, in order. */
  public List<Change> changes() {
    return changes;
  }

  OrgState state() {
    return state;
  }

  Rules rules() {
    return rules;
  }

  /** The operation's time, epoch ms. */
  long now() {
    return nowMs;
  }

  /** The number of this operation, if it changes anything. */
  long seq() {
    return state.counters().seq() + 1;
  }

  long lastSweepMs() {
    return lastSweepMs;
  }

  long gapEndMs() {
    return gapEndMs;
  }

  // Questions: may refuse

  RefusedException refusal(Refusal refusal, String message) {
    return new RefusedException(refusal, message, null, state.counters().seq());
  }

  /** Refuses to name a text that was stored too long ago. */
  void requireFresh(long storedMs) {
    if (nowMs - storedMs > TEXT_GOOD_MS) {
      throw refusal(Refusal.RETRY, "storing the text took too long; the same again is safe");
    }
  }

  /** The session of that id. */
  SessionRecord session(String id) {
    SessionSlot slot = state.session(id);
    if (slot == null) {
      throw refusal(Refusal.UNKNOWN_SESSION, "no session " + id);
    }
    if (slot instanceof SessionRecord session) {
      return session;
    }
    damaged.add(id);
    throw refusal(Refusal.DAMAGED, "the record of session " + id + " is damaged");
  }

  /** The session that an index names; null, and noted, if its record can't be read. */
  @Nullable SessionRecord indexed(String id) {
    if (state.session(id) instanceof SessionRecord session) {
      return session;
    }
    damaged.add(id);
    return null;
  }

  /** The worker of that id, if the caller may know of it. */
  WorkerEntry worker(String id, @Nullable String registeredBy) {
    WorkerEntry worker = state.worker(id);
    if (worker == null
        || (registeredBy != null
            && !registeredBy.equals(worker.record().registration().registeredBy()))) {
      throw refusal(Refusal.UNKNOWN_WORKER, "no worker " + id);
    }
    return worker;
  }

  /** The session with its position, for an answer. */
  SessionView view(SessionRecord session) {
    return new SessionView(session, position(session));
  }

  /** 1-based among its project's waiting work; 0 if it doesn't wait or is too far behind. */
  int position(SessionRecord session) {
    var project = session.inBucket() ? state.work().project(session.project()) : null;
    if (project == null) {
      return 0;
    }
    int rank = project.rank(session.score(), session.id(), rules.exactPosition());
    return rank < rules.exactPosition() ? rank + 1 : 0;
  }

  // Changes: can't fail

  void apply(Change change) {
    state.apply(change);
    changes.add(change);
  }

  void put(SessionRecord session) {
    apply(new Change.PutSession(session));
  }

  /** Renews the lease of a worker that is stored. */
  void signOfLife(WorkerEntry worker) {
    apply(new Change.PutPulse(worker.record().id(), worker.pulse().seen(nowMs, rules.leaseMs())));
  }

  /** Stores a session that has ended; its messages go with it. */
  void putEnded(SessionRecord session) {
    put(session);
    Inbox inbox = state.inbox(session.id());
    if (inbox != null) {
      for (long text : inbox.texts()) {
        discard(session.id(), text);
      }
      apply(new Change.ClearInbox(session.id()));
    }
  }

  /** Notes that nothing names this text any more. */
  void discard(String sessionId, long text) {
    if (text != 0) {
      garbage.add(new Reply.Text(sessionId, text));
    }
  }

  /** The token of a new claim. */
  long newToken() {
    token = Math.max(token + 1, nowMs * 1024);
    return token;
  }

  /** Notes a sweep, and whether an outage ends with it. */
  void stampSweep(boolean gap) {
    lastSweepMs = nowMs;
    if (gap) {
      gapEndMs = nowMs;
    }
  }

  private void keepCounters() {
    Counters before = state.counters();
    if (!changes.isEmpty()) {
      apply(
          new Change.PutCounters(
              new Counters(before.seq() + 1, token, nowMs, lastSweepMs, gapEndMs)));
    } else if (lastSweepMs != before.lastSweepMs()) {
      // Nothing that anybody can see has changed, so no number is taken.
      apply(
          new Change.PutCounters(new Counters(before.seq(), token, nowMs, lastSweepMs, gapEndMs)));
    }
  }
}
