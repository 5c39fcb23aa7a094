package dev.sluice.backend.tck.history;

import java.util.List;

/** Of enqueue, order by hand, issues, what is due and the queues of projects. */
final class FlawsOfWork {

  static final List<Flaw> ALL =
      List.of(
          new Flaw("one more waits than may", "Admission", ">= most", "> most"),
          new Flaw(
              "the capability sets of dead work don't count",
              "Admission",
              "session.place != Place.ENDED",
              "session.place != Place.ENDED && session.place != Place.DEAD"),
          new Flaw(
              "one project too many is let in",
              "OrgState",
              ">= rules.bounds()",
              "> rules.bounds()"),
          new Flaw(
              "the capability sets of other projects don't count for the org",
              "Admission",
              "ofOrg.size() > org",
              "ofProject.size() > org"),
          new Flaw(
              "work comes in beyond its bytes",
              "OrgState",
              "more > rules.bounds().maxWorkBytes()",
              "more > rules.bounds().maxAllBytes()"),
          new Flaw(
              "messages don't count",
              "OrgState",
              "bytes += StoredBytes.ofMessage(unacked.message.payload());",
              ""),
          new Flaw(
              "one worker too many registers",
              "ModelWorkers",
              "state.workers.size() >= state",
              "state.workers.size() > state"),
          new Flaw(
              "a worker that takes the place of another is one too many",
              "ModelWorkers",
              "&& !Retirement.makesWay(state, worker)",
              ""),
          new Flaw(
              "work whose time is now waits on",
              "Admission",
              "notBeforeMs() > org.now",
              "notBeforeMs() >= org.now"),
          new Flaw("a requeue keeps the count of nacks", "Admission", "session.nacks = 0;", ""),
          new Flaw("a requeue keeps the cost", "Admission", "session.cost = 0;", ""),
          new Flaw(
              "waiting work is requeued once more",
              "Admission",
              "if (session.waits() || session.inStopGrace()) {",
              "if (session.inStopGrace()) {"),
          new Flaw(
              "a requeue passes the limit of waiting work",
              "Admission",
              "    if (refusal != null) {",
              "    if (refusal == Refusal.TOO_MANY_CAPABILITY_SETS) {"),
          new Flaw(
              "a requeue keeps a deadline that has passed",
              "Admission",
              "ComingBack.forgetDeadline(org, session);",
              ""),
          new Flaw(
              "other content of a known id is a duplicate",
              "ModelQueue",
              "!known.work.contentHash().equals(item.contentHash())",
              "known.work.contentHash().isEmpty()"),
          new Flaw(
              "front is not monotonous",
              "ModelQueue",
              "Math.max(state.lastFront + 1, state.now)",
              "state.now"),
          new Flaw(
              "the same priority leaves fronted work in front",
              "ModelQueue",
              "session.priority != priority || session.score != score",
              "session.priority != priority"),
          new Flaw(
              "reprioritise leaves the issue's best as it was",
              "ModelQueue",
              "String.valueOf(priority));\n            Issues.settle(state, session.issue());",
              "String.valueOf(priority));"),
          new Flaw(
              "parked work counts for a position",
              "OrgState",
              "other.inOrder() && other",
              "other.contends() && other"),
          new Flaw(
              "ids are compared by UTF-16",
              "ModelSession",
              ".thenComparing(ModelSession::id, Names::compareBytes)",
              ".thenComparing(ModelSession::id)"),
          new Flaw(
              "a stopped session no longer holds back its issue",
              "Issues",
              "session.issue().equals(issue) && session.claimed())",
              "session.issue().equals(issue) && session.claimed() && !session.inStopGrace())"),
          new Flaw(
              "nacked work comes back as ready",
              "Issues",
              "session.returnUntil != 0 ? Place.RETURNED : Place.READY",
              "Place.READY"),
          new Flaw(
              "at one time a deadline goes before a start",
              "Due",
              "    LATER,\n    DEADLINE,",
              "    DEADLINE,\n    LATER,"),
          new Flaw("the latest due goes first", "Due", ".min(ORDER)", ".max(ORDER)"),
          new Flaw(
              "one step handles one more that is due",
              "Due",
              "handled < atMost",
              "handled <= atMost"),
          new Flaw(
              "the end of a back-off is no news to the issue",
              "Due",
              "session.returnUntil = 0;\n            Issues.settle(org, session.issue());",
              "session.returnUntil = 0;"),
          new Flaw("a pause doesn't end", "Due", "pause.untilMs() != 0", "pause.untilMs() < 0"),
          new Flaw(
              "a spent budget is no due entry",
              "Due",
              "if (project.overBudget()) {",
              "if (project.overBudget() && org.now < 0) {"),
          new Flaw(
              "the budget's day is over a day late",
              "ModelProject",
              "(day + 1) * DAY_MS",
              "(day + 2) * DAY_MS"),
          new Flaw(
              "a charge counts for the day before",
              "ModelProject",
              "      roll(now);\n      spent += cost;",
              "      spent += cost;"),
          new Flaw(
              "yesterday's spending is shown as today's",
              "ModelProject",
              "stands ? spent : 0",
              "spent"),
          new Flaw(
              "a budget taken away leaves what was spent",
              "ModelProject",
              "if (newLimits.dailyBudgetMicroUsd() == null)",
              "if (limits.dailyBudgetMicroUsd() == null)"),
          new Flaw(
              "parked work counts for the oldest",
              "Oldest",
              "session.inOrder() && session",
              "session.contends() && session"),
          new Flaw(
              "work put in front has no enqueue time",
              "Oldest",
              ".limit(ProjectQueue.FRONT_LOOKED_AT)",
              ".limit(0)"));

  private FlawsOfWork() {}
}
