package dev.sluice.backend.tck.model;

import dev.sluice.backend.Attempt;
import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StatusResult;
import org.jspecify.annotations.Nullable;

/** Status reports: docs/rules.md, "Report". */
final class Reports {

  private Reports() {}

  static StatusResult report(
      OrgState org, ModelSession session, Holder holder, StatusReport report) {
    if (Ownership.of(org, session, holder) == Ownership.NONE) {
      keepOfStranger(org, session, holder, report);
      throw Ownership.notOwner(org, session);
    }
    boolean replay = replays(org, session, report.attempt());
    boolean lost = Ownership.actAsOwner(org, session, holder);
    SessionState.Transition transition = session.state.onReport(report.target());
    switch (transition) {
      case ADVANCE -> advance(org, session, report);
      case MERGE -> merge(org, session, report);
      case REPEAT, LATE, CONFLICT -> {
        if (session.inStopGrace() && report.target() != SessionState.RUNNING) {
          Ending.release(org, session, null);
        }
      }
    }
    if (transition == SessionState.Transition.CONFLICT) {
      keep(org, session, holder.workerId(), report);
    }
    return new StatusResult(transition, org.view(session), lost, replay);
  }

  /** One key stands for one report; what else is reported under it is refused. */
  private static boolean replays(OrgState org, ModelSession session, @Nullable Attempt attempt) {
    if (attempt == null || session.attempt == null || !session.attempt.id().equals(attempt.id())) {
      return false;
    }
    if (!session.attempt.equals(attempt)) {
      throw org.refusal(Refusal.CONFLICT, attempt.id());
    }
    return true;
  }

  private static void advance(OrgState org, ModelSession session, StatusReport report) {
    merge(org, session, report);
    session.state = report.target();
    if (session.state == SessionState.RUNNING && session.startedAt == 0) {
      session.startedAt = org.now;
      org.note(session, Event.Kind.STARTED, session.owner, null);
    }
    if (session.state.terminal()) {
      Ending.end(org, session, session.state);
    }
  }

  private static void merge(OrgState org, ModelSession session, StatusReport report) {
    session.fields.putAll(report.fields());
    if (report.costMicroUsd() >= 0) {
      session.cost = report.costMicroUsd();
    }
    if (report.attempt() != null) {
      session.attempt = report.attempt();
    }
    session.updatedAt = org.now;
  }

  /** An end that a worker reports of what isn't its own: refused, but kept. */
  private static void keepOfStranger(
      OrgState org, ModelSession session, Holder holder, StatusReport report) {
    boolean known = org.findWorker(holder.workerId()).isPresent();
    if (report.target().terminal() && known && Ownership.mayActAs(org, holder)) {
      keep(org, session, holder.workerId(), report);
    }
  }

  private static void keep(
      OrgState org, ModelSession session, String workerId, StatusReport report) {
    String detail = Event.lateResult(report);
    if (!repeats(session, workerId, detail)) {
      org.note(session, Event.Kind.LATE_RESULT, workerId, detail);
    }
  }

  private static boolean repeats(ModelSession session, String workerId, String detail) {
    if (session.timeline.isEmpty()) {
      return false;
    }
    Event latest = session.timeline.get(session.timeline.size() - 1);
    return latest.kind() == Event.Kind.LATE_RESULT
        && workerId.equals(latest.workerId())
        && detail.equals(latest.detail());
  }
}
