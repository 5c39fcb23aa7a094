package dev.sluice.backend.tck.history;

import java.util.List;

/** Each must be seen by the histories' checks. */
final class Flaws {

  static final Flaw FIELDS_FORGOTTEN =
      new Flaw(
          "fields are forgotten",
          "records/SessionRecord",
          "ClaimState moved = reported(claim, report.fields(), report.costMicroUsd());",
          "ClaimState moved = reported(claim, claim.fields(), report.costMicroUsd());");

  /** Also seen in concurrent calls. */
  static final List<Flaw> AT_ONCE =
      List.of(
          new Flaw(
              "tokens don't grow within a millisecond",
              "write/WriteStep",
              "token = Math.max(token + 1, nowMs * 1024);",
              "token = nowMs * 1024;"),
          new Flaw(
              "charged twice",
              "write/Endings",
              "charged(session.claim().costMicroUsd(), step.now())",
              "charged(2 * session.claim().costMicroUsd(), step.now())"),
          new Flaw("no archive", "write/Endings", "if (!unread.isEmpty()) {", "if (false) {"),
          new Flaw(
              "short counts prove nothing",
              "write/HeldSessions",
              "isShort && before.shortMs() != 0 &&",
              "isShort && before.shortMs() < 0 &&"),
          new Flaw(
              "two lists prove nothing",
              "write/HeldSessions",
              "if (again && takeBack(",
              "if (!again && takeBack("),
          new Flaw(
              "claims of a retired worker are not adopted",
              "write/Ownership",
              ": worker.record().hasReplaced(other.record());",
              ": other.record().hasReplaced(worker.record());"),
          new Flaw(
              "claims of a retired worker take no slots",
              "read/WorkerReads",
              "claims += state.workerClaims(before).activeCount();",
              ""),
          new Flaw(
              "a retired worker takes claims over",
              "write/Ownership",
              "if (worker == null || worker.record().retired()) {",
              "if (worker == null) {"),
          new Flaw(
              "a call may name any worker",
              "write/Ownership",
              "if (named != null && !hasReplaced(step, worker, named)) {",
              "if (named != null && worker == null) {"),
          new Flaw(
              "what is not held is forgotten",
              "write/HeldSessions",
              ".listed(unlisted, notHeld, unknown)",
              ".listed(unlisted, List.of(), unknown)"),
          new Flaw(
              "what a worker gave up on stays unread",
              "write/Acks",
              "take(step, message, by, reason);",
              ""));

  static final List<Flaw> TWICE =
      List.of(
          new Flaw(
              "a poll offers the same again at once",
              "write/Poll",
              "offered.get(i).offered(snake ? workerId : null, until)",
              "offered.get(i)"),
          new Flaw(
              "a refresh brings the message that a poll has offered",
              "write/ReportOperations",
              "inbox.unread(Lane.NORMAL, step.now(), null, 1)",
              "inbox.unread(Lane.NORMAL, Long.MAX_VALUE, null, 1)"),
          new Flaw(
              "a Go daemon's poll brings messages",
              "write/Poll",
              "registration.dialect() == Dialect.GO_DAEMON",
              "registration.dialect() == null"),
          new Flaw(
              "a message that a refresh brought isn't hidden",
              "write/ReportOperations",
              "step.apply(new Change.PutMessage(chosen.injected(until)));",
              ""),
          new Flaw(
              "a list keeps the claim of another worker",
              "write/HeldSessions",
              "} else if (owner.equals(workerId)) {",
              "} else if (!owner.isEmpty()) {"));

  private Flaws() {}
}
