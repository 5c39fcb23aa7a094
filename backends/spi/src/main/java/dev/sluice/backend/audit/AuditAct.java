package dev.sluice.backend.audit;

import dev.sluice.backend.Upkeep;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.WorkQueue;
import dev.sluice.backend.workers.Workers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done: the words of an audit line, the same in all stores.
 *
 * @param verb one word
 * @param object to what: the id of a session, a worker or a key, or the name of a project
 * @param detail what was set, empty where the verb says all. It may hold one {@code %s}, which
 *     stands for what the step finds, see {@link #found}; no other percent sign.
 */
public record AuditAct(String verb, String object, String detail) {

  private static final int MICRO = 6;

  /** See {@link WorkQueue#reprioritise}. */
  public static AuditAct reprioritise(String sessionId, int priority) {
    return new AuditAct("reprioritise", sessionId, "priority " + priority);
  }

  /** See {@link WorkQueue#front}. */
  public static AuditAct front(String sessionId) {
    return new AuditAct("front", sessionId, "");
  }

  /** See {@link Sessions#stop}; finds the place in which the session was. */
  public static AuditAct stop(String sessionId) {
    return new AuditAct("stop", sessionId, "was %s");
  }

  /** See {@link StopOrders#add}. */
  public static AuditAct stopMany(NewStopOrder run) {
    String where = run.project() == null ? "all projects" : "project " + run.project();
    return new AuditAct("stop-many", run.id(), run.targets().size() + " sessions, " + where);
  }

  /** See {@link Sessions#requeue}; finds the place in which the session was. */
  public static AuditAct requeue(String sessionId) {
    return new AuditAct("requeue", sessionId, "was %s");
  }

  /** See {@link Inboxes#send}. */
  public static AuditAct send(String sessionId, MessageType type, Lane lane) {
    return new AuditAct("send", sessionId, type.wire() + ", " + lane.wire());
  }

  /** See {@link Queues#pause}. */
  public static AuditAct pause(String project, long untilMs) {
    String until = untilMs == 0 ? "" : "until " + Instant.ofEpochMilli(untilMs);
    return new AuditAct("pause", project, until);
  }

  /** See {@link Queues#resume}. */
  public static AuditAct resume(String project) {
    return new AuditAct("resume", project, "");
  }

  /** See {@link Queues#limit}. */
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

  /** See {@link Workers#drain}. */
  public static AuditAct drain(String workerId, boolean drain) {
    return new AuditAct(drain ? "drain" : "undrain", workerId, "");
  }

  /** See {@link Workers#deregister}; finds how many sessions left the worker for the queue. */
  public static AuditAct deregister(String workerId) {
    return new AuditAct("deregister", workerId, "returned %s");
  }

  /** See {@link Upkeep#setTime}; finds how many ms the stored time was ahead. */
  public static AuditAct setTime() {
    return new AuditAct("set-time", "time", "was %s ms ahead of the clock");
  }

  /** The act with what the step found. */
  public AuditAct found(String what) {
    return new AuditAct(verb, object, detail.replace("%s", what));
  }

  /** The same where a session was found. */
  public AuditAct found(Place place) {
    return found(place.wire());
  }
}
