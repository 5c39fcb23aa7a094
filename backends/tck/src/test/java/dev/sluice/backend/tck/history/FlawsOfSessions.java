package dev.sluice.backend.tck.history;

import java.util.List;

/** Of reports, ownership, coming back, stops, ends, inboxes, sweeps and retention. */
final class FlawsOfSessions {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "a wrong token is taken",
              "Ownership",
              "holder.workerId().equals(workerId) && (holder.token() == 0 || holder.token() =="
                  + " token)",
              "holder.workerId().equals(workerId)"),
          new Flaw(
              "a wrong token re-attaches",
              "Ownership",
              "&& (token == 0 || token == session.token)",
              ""),
          new Flaw(
              "re-attached although the issue is claimed",
              "Ownership",
              "&& Issues.claimed(org, session.issue()).isEmpty()",
              ""),
          new Flaw(
              "parked work isn't re-attached",
              "Ownership",
              "return session.contends()",
              "return session.inOrder()"),
          new Flaw(
              "a call of the owner is no sign of its session",
              "Ownership",
              "session.lastSign = org.now;",
              ""),
          new Flaw(
              "running releases a stopped session",
              "Reports",
              "report.target() != SessionState.RUNNING",
              "report.target() != SessionState.PENDING"),
          new Flaw(
              "a stranger's late result is forgotten",
              "Reports",
              "report.target().terminal() && known",
              "report.target().terminal() && known && org.now < 0"),
          new Flaw(
              "a late result is kept twice",
              "Reports",
              "!repeats(session, workerId, detail)",
              "!repeats(session, workerId, \"\")"),
          new Flaw(
              "a report without a cost clears it",
              "Reports",
              "report.costMicroUsd() >= 0",
              "report.costMicroUsd() >= -1"),
          new Flaw("a lost claim isn't counted", "ComingBack", "session.attempts++;", ""),
          new Flaw(
              "a lost claim isn't re-attached",
              "ComingBack",
              "session.lostBy = session.owner;",
              ""),
          new Flaw(
              "a nack counts as an attempt",
              "ComingBack",
              "session.nacks++;",
              "session.attempts++;"),
          new Flaw(
              "the back-off is a millisecond long", "ComingBack", "org.rules.nackBackoffMs()", "1"),
          new Flaw(
              "one more attempt than may be",
              "ComingBack",
              ">= org.rules.tries().maxAttempts()",
              "> org.rules.tries().maxAttempts()"),
          new Flaw(
              "what comes back is ready whatever its issue",
              "ComingBack",
              "Issues.contend(org, session);",
              "session.place = dev.sluice.backend.Place.READY;"),
          new Flaw(
              "a nack of running work is taken",
              "ModelSessions",
              " && session.state == SessionState.CLAIMED",
              ""),
          new Flaw(
              "accepted work is given back",
              "Untold",
              "session.acceptBy != 0",
              "session.token != 0"),
          new Flaw(
              "an older claim's answer gives back the new one",
              "Untold",
              "session.token == claim.getValue()",
              "session.token >= claim.getValue()"),
          new Flaw(
              "what is given back counts as lost",
              "ComingBack",
              "case DEREGISTRATION, NEVER_TOLD -> {}",
              "case DEREGISTRATION -> {}\n"
                  + "      case NEVER_TOLD -> session.lostBy = session.owner;"),
          new Flaw(
              "a second refresh doesn't release",
              "Refreshes",
              "session.inStopGrace() && session.stopTold",
              "session.inStopGrace() && org.now < 0"),
          new Flaw(
              "a touch changes a stopped session",
              "Ownership",
              "if (session.claimed() && !session.inStopGrace()) {",
              "if (session.claimed()) {"),
          new Flaw(
              "an activity too many is kept",
              "ModelSessions",
              "> state.rules.kept().activities()",
              "> state.rules.kept().activities() + 1"),
          new Flaw(
              "a stop stops again",
              "Stops",
              "session.claimed() && !session.inStopGrace()",
              "session.claimed()"),
          new Flaw(
              "a stopped session must still be accepted", "Stops", "session.acceptBy = 0;", ""),
          new Flaw(
              "charged twice",
              "Ending",
              ".charge(session.cost, org.now)",
              ".charge(2 * session.cost, org.now)"),
          new Flaw(
              "a death isn't charged",
              "Ending",
              "if (session.claimed()) {",
              "if (session.claimed() && place == Place.ENDED) {"),
          new Flaw(
              "no archive",
              "Ending",
              "archive(org, session);\n    Issues",
              "session.inbox.clear();\n    Issues"),
          new Flaw(
              "a stop is archived",
              "Ending",
              ".filter(message -> message.type() != MessageType.STOP)",
              ""),
          new Flaw(
              "an end with nothing unread empties the archive",
              "Ending",
              "if (!unread.isEmpty()) {",
              "if (unread != null) {"),
          new Flaw(
              "an end leaves its issue parked",
              "Ending",
              "archive(org, session);\n    Issues.settle(org, session.issue());",
              "archive(org, session);"),
          new Flaw("a dead session keeps its owner", "Ending", "session.owner = null;", ""),
          new Flaw(
              "the inbox takes one message more",
              "ModelInboxes",
              ">= state.rules.maxUnacked()",
              "> state.rules.maxUnacked()"),
          new Flaw(
              "an acknowledged stop doesn't release",
              "Acknowledging",
              "message.message.type() == MessageType.STOP && session",
              "message.message.type() == MessageType.NUDGE && session"),
          new Flaw(
              "an acknowledgement takes either lane",
              "ModelSession",
              " && m.message.lane() == lane",
              ""),
          new Flaw(
              "a message to a stopped session is taken",
              "ModelInboxes",
              "if (session.state.terminal()) {",
              "if (session.state.terminal() && !session.inStopGrace()) {"),
          new Flaw(
              "an outage is silence",
              "SweepStep",
              "deadline <= org.now && org.gapEnd + timeout <= org.now",
              "deadline <= org.now"),
          new Flaw(
              "no quarantine",
              "SweepStep",
              "worker.quarantinedUntil = org.now +"
                  + " org.rules.tries().quarantineMs(worker.quarantines);",
              ""),
          new Flaw(
              "no-shows go on counting after a quarantine", "SweepStep", "worker.noShows = 0;", ""),
          new Flaw(
              "each item of a missed answer counts",
              "SweepStep",
              "worker.judgedUntil = claimedAt;",
              ""),
          new Flaw("an outage is a no-show", "SweepStep", "|| claimedAt <= org.gapEnd", ""),
          new Flaw(
              "a lost lease brings back stopped sessions",
              "SweepStep",
              "if (session.inStopGrace()) {",
              "if (session.inStopGrace() && org.now < 0) {"),
          new Flaw(
              "a grace is never over",
              "SweepStep",
              "session.inStopGrace() && over(session.releaseBy",
              "session.inStopGrace() && org.now < 0 && over(session.releaseBy"),
          new Flaw(
              "a sweep doesn't say that there is more",
              "SweepStep",
              "more |= handled >= most",
              "more |= handled > most"),
          new Flaw("as many ended as there are are kept", "Retention", " || pruned < tooMany", ""),
          new Flaw(
              "ended sessions are kept a millisecond more",
              "Retention",
              "session.endedAt + kept.endedMs() <= org.now",
              "session.endedAt + kept.endedMs() < org.now"),
          new Flaw(
              "dead letters are kept as ended ones",
              "Retention",
              "kept.deadMs()",
              "kept.endedMs()"),
          new Flaw(
              "archives go with the records",
              "Retention",
              ".since() + kept.archiveMs()",
              ".since() + kept.endedMs()"),
          new Flaw(
              "workers that speak are forgotten",
              "Retention",
              "worker.silent && org.activeSet(worker).isEmpty()",
              "org.activeSet(worker).isEmpty()"),
          new Flaw(
              "the timeline has a line too many",
              "OrgState",
              "> rules.kept().events()",
              "> rules.kept().events() + 1"));

  private FlawsOfSessions() {}
}
