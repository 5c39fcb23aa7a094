package dev.sluice.backend.tck.history;

import java.util.List;

/** Of audit lines, and of acts that expect a session in a place. */
final class FlawsOfAudit {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "a resume leaves no line",
              "ModelQueues",
              "state.audit(note, AuditAct.resume(project));",
              ""),
          new Flaw(
              "a worker that leaves by itself leaves a line",
              "ModelWorkers",
              "note, AuditAct.deregister(",
              "new AuditNote(ref.workerId(), \"\"), AuditAct.deregister("),
          new Flaw(
              "a line takes a number of its own",
              "OrgState",
              "AuditLine.of(change(), now, note, act)",
              "AuditLine.of(++seq, now, note, act)"),
          new Flaw(
              "a line says where the session went",
              "Stops",
              "AuditAct.stop(session.id()).found(was)",
              "AuditAct.stop(session.id()).found(session.place)"),
          new Flaw(
              "a page of lines begins with the last of the page before",
              "ModelAudit",
              "line.id() < before",
              "line.id() <= before"),
          new Flaw(
              "a line too many is kept",
              "Retention",
              "org.audit.size() > kept.maxAudit()",
              "org.audit.size() > kept.maxAudit() + 1"),
          new Flaw(
              "lines are kept a millisecond more",
              "Retention",
              "oldest.lastAtMs() + kept.auditMs() <= org.now",
              "oldest.lastAtMs() + kept.auditMs() < org.now"),
          new Flaw(
              "a stop minds no place",
              "ModelSessions",
              "Stops.stop(state, state.sessionIn(from, sessionId), order, note)",
              "Stops.stop(state, state.readableSession(sessionId), order, note)"),
          new Flaw(
              "a requeue minds no place",
              "ModelSessions",
              "ModelSession session = state.sessionIn(from, sessionId);\n          Place was",
              "ModelSession session = state.readableSession(sessionId);\n          Place was"));

  private FlawsOfAudit() {}
}
