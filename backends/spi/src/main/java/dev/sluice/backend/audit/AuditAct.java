package dev.sluice.backend.audit;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.work.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of an audit line, the same in all stores.
 *
 * @param verb one word
 * @param object a session, worker, key or project
 * @param detail may be empty, and may hold one {@code %s} for {@link #found}; no other percent sign
 */
public record AuditAct(String verb, String object, String detail) {

  private static final int MICRO = 6;

  public static AuditAct reprioritise(String sessionId, int priority) {
    return new AuditAct("reprioritise", sessionId, "priority " + priority);
  }

  public static AuditAct front(String sessionId) {
    return new AuditAct("front", sessionId, "");
  }

  /** Finds the place of the session. */
  public static AuditAct stop(String sessionId) {
    return new AuditAct("stop", sessionId, "was %s");
  }

  public static AuditAct stopMany(NewStopOrder run) {
    String where = run.project() == null ? "all projects" : "project " + run.project();
    return new AuditAct("stop-many", run.id(), run.targets().size() + " sessions, " + where);
  }

  /** Finds the place of the session. */
  public static AuditAct requeue(String sessionId) {
    return new AuditAct("requeue", sessionId, "was %s");
  }

  public static AuditAct send(String sessionId, MessageType type, Lane lane) {
    return new AuditAct("send", sessionId, type.wire() + ", " + lane.wire());
  }

  public static AuditAct pause(String project, long untilMs) {
    String until = untilMs == 0 ? "" : "until " + Instant.ofEpochMilli(untilMs);
    return new AuditAct("pause", project, until);
  }

  public static AuditAct resume(String project) {
    return new AuditAct("resume", project, "");
  }

  public static AuditAct close(Closure closure) {
    String until =
        closure.untilMs() == 0 ? "" : ", until " + Instant.ofEpochMilli(closure.untilMs());
    return new AuditAct("close", closure.id(), closure.purpose().wire() + until);
  }

  public static AuditAct open(String closureId) {
    return new AuditAct("open", closureId, "");
  }

  public static AuditAct limit(String project, QueueLimits limits) {
    List<String> set = new ArrayList<>();
    if (limits.maxConcurrent() != null) {
      set.add("maxConcurrent " + limits.maxConcurrent());
    }
    if (limits.dailyBudgetMicroUsd() != null) {
      BigDecimal usd = BigDecimal.valueOf(limits.dailyBudgetMicroUsd(), MICRO);
      set.add("dailyBudgetUsd " + usd.stripTrailingZeros().toPlainString());
    }
    return new AuditAct("limit", project, set.isEmpty() ? "none" : String.join(", ", set));
  }

  public static AuditAct drain(String workerId, boolean drain) {
    return new AuditAct(drain ? "drain" : "undrain", workerId, "");
  }

  public static AuditAct setNote(String workerId, String text) {
    return new AuditAct("note", workerId, text.isEmpty() ? "removed" : "set");
  }

  /**
   * @param untilMs epoch ms; 0 ends the protection
   */
  public static AuditAct protect(String workerId, long untilMs) {
    return untilMs == 0
        ? new AuditAct("unprotect", workerId, "")
        : new AuditAct("protect", workerId, "until " + Instant.ofEpochMilli(untilMs));
  }

  public static AuditAct acknowledge(String findingKey) {
    return new AuditAct("acknowledge", findingKey, "");
  }

  /**
   * @param untilMs epoch ms; 0 ends the mute
   */
  public static AuditAct mute(String findingKey, long untilMs) {
    return untilMs == 0
        ? new AuditAct("unmute", findingKey, "")
        : new AuditAct("mute", findingKey, "until " + Instant.ofEpochMilli(untilMs));
  }

  /** Finds the number of requeued sessions. */
  public static AuditAct deregister(String workerId) {
    return new AuditAct("deregister", workerId, "returned %s");
  }

  /** Finds the ms by which the stored time was ahead. */
  public static AuditAct setTime() {
    return new AuditAct("set-time", "time", "was %s ms ahead of the clock");
  }

  /** Finds the earlier layout. */
  public static AuditAct raiseLayout(int layout) {
    return new AuditAct("raise-layout", "layout", "from %s to " + layout);
  }

  /**
   * The reason names the loss.
   *
   * @param of {@code journal} or {@code cluster}
   */
  public static AuditAct acceptLoss(String of) {
    return new AuditAct("accept-loss", of, "");
  }

  public AuditAct found(String what) {
    return new AuditAct(verb, object, detail.replace("%s", what));
  }

  public AuditAct found(Place place) {
    return found(place.wire());
  }
}
