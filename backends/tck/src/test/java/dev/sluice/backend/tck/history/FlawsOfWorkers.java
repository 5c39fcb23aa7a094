package dev.sluice.backend.tck.history;

import java.util.List;

/** Of workers, polls, claims by name, messages offered and transfers. */
final class FlawsOfWorkers {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "a poll passes the cap",
              "ModelPoll",
              "org.queue(name).open()",
              "org.queue(name).open() || org.queue(name).capped()"),
          new Flaw(
              "a poll passes a pause",
              "ModelPoll",
              "org.queue(name).open()",
              "org.queue(name).open() || org.queue(name).pause() != null"),
          new Flaw(
              "a repeated poll claims anew",
              "ModelPoll",
              "request.requestId().equals(worker.lastRequest)",
              "request.requestId().isEmpty()"),
          new Flaw(
              "a repeated poll answers a claim that another took over",
              "ModelPoll",
              " && session.token == claim.token()",
              ""),
          new Flaw(
              "a repeated poll answers a stopped session",
              "ModelPoll",
              " && !session.inStopGrace()",
              ""),
          new Flaw(
              "work goes back to the worker that nacked it",
              "ModelPoll",
              ".filter(session -> !session.keptFrom(worker.id()))",
              ""),
          new Flaw(
              "a poll takes more than the most",
              "ModelPoll",
              "Math.min(max, org.rules.maxItemsPerPoll())",
              "max"),
          new Flaw(
              "a poll leaves what is due to the sweep",
              "ModelPoll",
              "Due.handle(org, org.rules.dueStep());",
              ""),
          new Flaw(
              "a quarantine is ignored",
              "Eligibility",
              "&& worker.quarantinedUntil <= org.now",
              ""),
          new Flaw("an operator's drain is ignored", "Eligibility", "&& !worker.drained", ""),
          new Flaw(
              "one more nack may stand",
              "Eligibility",
              "< org.rules.maxReturns()",
              "<= org.rules.maxReturns()"),
          new Flaw(
              "a stopped session takes no slot",
              "Eligibility",
              "org.activeSet(worker).size()",
              "(int) org.activeSet(worker).stream().filter(held -> !held.inStopGrace()).count()"),
          new Flaw(
              "tokens don't grow within a millisecond",
              "Claiming",
              "Math.max(org.lastToken + 1, org.now * 1024)",
              "org.now * 1024"),
          new Flaw(
              "a claim keeps who nacked it before", "Claiming", "session.nackedBy = null;", ""),
          new Flaw(
              "a claim remembers that a stop was told",
              "Claiming",
              "session.stopTold = false;",
              ""),
          new Flaw(
              "a claim doesn't park what else its issue has",
              "Claiming",
              "Issues.settle(org, session.issue());",
              ""),
          new Flaw("a claim keeps who lost it before", "Claiming", "session.lostBy = null;", ""),
          new Flaw("a re-attachment forgets the cost", "Claiming", "session.cost = cost;", ""),
          new Flaw(
              "a re-attachment forgets when it started",
              "Claiming",
              "session.startedAt = startedAt;",
              ""),
          new Flaw("an acceptance doesn't end the no-shows", "Claiming", "owner.noShows = 0;", ""),
          new Flaw(
              "an acceptance excuses nothing before it",
              "Claiming",
              "owner.judgedUntil = Math.max(owner.judgedUntil, session.claimedAt);",
              ""),
          new Flaw(
              "a transfer keeps the token",
              "Claiming",
              "session.token = nextToken(org);\n    session.claimedAt",
              "session.claimedAt"),
          new Flaw(
              "the Go daemon must accept as soon as others",
              "Claiming",
              "org.rules.acceptMs(worker.dialect)",
              "org.rules.acceptMs()"),
          new Flaw(
              "a heartbeat's capacity is ignored",
              "ModelWorkers",
              "worker.capacity = heartbeat.capacity();",
              ""),
          new Flaw(
              "a snake-case worker accepts by one more only",
              "ModelWorkers",
              "worker.activeCount >= active.size()",
              "worker.activeCount > active.size()"),
          new Flaw(
              "undraining leaves the quarantine",
              "ModelWorkers",
              "worker.quarantinedUntil = 0;",
              ""),
          new Flaw(
              "deregistration returns stopped sessions",
              "ModelWorkers",
              "if (session.inStopGrace()) {",
              "if (session.inStopGrace() && state.now < 0) {"),
          new Flaw(
              "workers of a revoked key go on",
              "OrgState",
              "worker.knownTo(registeredBy) && !revoked(worker)",
              "worker.knownTo(registeredBy)"),
          new Flaw(
              "a sign of life doesn't end the silence", "OrgState", "worker.silent = false;", ""),
          new Flaw(
              "a claim by name passes a closed queue",
              "NamedClaims",
              "!org.queue(session.project()).open()",
              "org.now < 0"),
          new Flaw(
              "a claim by name accepts",
              "NamedClaims",
              "Claiming.claim(org, session, worker);",
              "Claiming.claim(org, session, worker);\n      Claiming.accept(session, worker);"),
          new Flaw(
              "a claim by name needs no slot",
              "NamedClaims",
              "Eligibility.freeSlots(org, worker) > 0 ? null : ClaimDenial.FULL",
              "null"),
          new Flaw(
              "a message is hidden a millisecond more",
              "Offers",
              "m.hiddenUntil <= org.now",
              "m.hiddenUntil < org.now"),
          new Flaw(
              "a stopped session is offered other messages",
              "Offers",
              "!session.inStopGrace() || m.message.type() == MessageType.STOP",
              "m.message != null"),
          new Flaw("messages come with the claim", "Offers", " || handedOut.contains(session)", ""),
          new Flaw(
              "urgent messages starve the normal ones",
              "Offers",
              "org.rules.normalTaken(urgent.size(), normal.size())",
              "Math.min(normal.size(), Math.max(0, org.rules.messagesPerRead() - urgent.size()))"),
          new Flaw(
              "a transfer takes from another credential's worker",
              "Transfers",
              "if (!mayActForOld) {",
              "if (!mayActForOld && org.now < 0) {"),
          new Flaw(
              "a transfer takes from a worker that works",
              "Transfers",
              "speaksForOld || each.retired || each.silent",
              "speaksForOld || each.retired || org.now >= 0"),
          new Flaw(
              "a lost claim isn't transferred",
              "Transfers",
              "Ownership.lostBy(org, session, oldWorkerId, 0)",
              "Ownership.lostBy(org, session, oldWorkerId, -1)"),
          new Flaw(
              "a poll says that a full worker may take",
              "Eligibility",
              "return available(org, worker) && freeSlots(org, worker) > 0;",
              "return available(org, worker);"),
          new Flaw(
              "a poll doesn't say that work is left",
              "ModelPoll",
              "org.sessions.stream().anyMatch(ModelSession::inOrder)",
              "org.now < 0"),
          new Flaw(
              "a heartbeat passes for a poll",
              "ModelWorkers",
              "worker.activeCount = heartbeat.activeCount();",
              "worker.activeCount = heartbeat.activeCount();\n"
                  + "          worker.lastPoll = state.now;"));

  private FlawsOfWorkers() {}
}
