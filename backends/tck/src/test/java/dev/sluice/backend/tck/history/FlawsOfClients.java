package dev.sluice.backend.tck.history;

import java.util.List;

/** Of retirement, dialects, attempts, tools, public ids and the batch lane. */
final class FlawsOfClients {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "a later worker of the machine retires nobody",
              "ModelWorkers",
              "Retirement.makeWay(state, worker);",
              ""),
          new Flaw("a retired worker gets work", "Eligibility", "&& !worker.retired", ""),
          new Flaw(
              "workers of other credentials give way too",
              "ModelWorker",
              "&& registration.registeredBy().equals(other.registration.registeredBy())",
              ""),
          new Flaw(
              "a retired worker stays when its last claim has left it",
              "Retirement",
              "worker.retired && org.activeSet(worker).isEmpty()",
              "worker.retired && worker.silent && org.activeSet(worker).isEmpty()"),
          new Flaw(
              "a Go daemon's poll brings messages",
              "Offers",
              "worker.dialect == Dialect.GO_DAEMON",
              "worker.dialect == null"),
          new Flaw(
              "a message that a refresh brought isn't hidden",
              "Refreshes",
              "chosen.map(unacked -> unacked.offer(org))",
              "chosen.map(unacked -> unacked.message.offered(org.now))"),
          new Flaw(
              "urgent messages starve what a refresh should bring",
              "Refreshes",
              "waited >= org.rules.normalPatienceMs()",
              "org.now < 0"),
          new Flaw(
              "a refresh brings a younger normal message first",
              "Refreshes",
              "older && waited",
              "waited"),
          new Flaw(
              "a refresh leaves the nudges",
              "Refreshes",
              "      acknowledgeNudges(org, session, holder.workerId());\n",
              ""),
          new Flaw(
              "a refresh teaches no dialect",
              "Refreshes",
              "speaker -> speaker.dialect = Dialect.GO_DAEMON",
              "speaker -> speaker.silent = false"),
          new Flaw(
              "a refresh acknowledges nothing",
              "Refreshes",
              "acknowledge(org, session, request.ackedMessage(), holder.workerId());",
              ""),
          new Flaw(
              "a stopped session is brought messages",
              "Refreshes",
              "injects && !stop ?",
              "injects ?"),
          new Flaw(
              "a snake-case worker's poll acknowledges nothing",
              "ModelPoll",
              "Offers.acknowledge(org, worker);",
              ""),
          new Flaw(
              "a repeated poll acknowledges",
              "ModelPoll",
              "if (!repeated) {\n      worker.lastRequest",
              "Offers.acknowledge(org, worker);\n    if (!repeated) {\n      worker.lastRequest"),
          new Flaw(
              "a repeated poll doesn't bring again what the next would acknowledge",
              "Offers",
              "repeated && worker.dialect == Dialect.SNAKE_CASE",
              "org.now < 0"),
          new Flaw(
              "a poll acknowledges what another worker was offered",
              "Offers",
              ".filter(m -> isOfferedTo(worker.id(), m))",
              ".filter(m -> m.offeredTo != null)"),
          new Flaw("a claim keeps the tools", "Claiming", "session.tools = null;", ""),
          new Flaw("a re-attachment forgets the tools", "Claiming", "session.tools = tools;", ""),
          new Flaw("a claim keeps the attempt", "Claiming", "session.attempt = null;", ""),
          new Flaw(
              "another report under the same attempt is taken",
              "Reports",
              "!session.attempt.equals(attempt)",
              "org.now < 0"),
          new Flaw("a replay is none", "Reports", "lost, replay", "lost, false"),
          new Flaw(
              "an activity changes a stopped session",
              "ModelSessions",
              "if (session.claimed() && !session.inStopGrace()) {",
              "if (session.claimed()) {"),
          new Flaw(
              "the last to be called so has the name",
              "ModelQueue",
              "org.publicIds.putIfAbsent(",
              "org.publicIds.put("),
          new Flaw(
              "a name outlives its session",
              "Retention",
              "org.publicIds.values().removeIf(session.id()::equals);",
              ""),
          new Flaw(
              "a job that waits anew goes to the end",
              "JobOffers",
              "boolean enough =",
              "org.jobs.remove(job);\n    org.jobs.add(job);\n    boolean enough ="),
          new Flaw(
              "one more offer than may be",
              "JobOffers",
              ">= org.rules.tries().maxOffers()",
              "> org.rules.tries().maxOffers()"),
          new Flaw(
              "a repeated poll delivers",
              "ModelPoll",
              "if (!repeated) {\n      worker.lastRequest",
              "JobOffers.deliver(org, worker);\n    if (!repeated) {\n      worker.lastRequest"),
          new Flaw(
              "a draining worker is offered jobs",
              "JobOffers",
              " && Eligibility.available(org, worker)",
              ""),
          new Flaw(
              "an offer never ends",
              "Due",
              "if (job.offered()) {",
              "if (job.offered() && org.now < 0) {"),
          new Flaw(
              "the lane takes one job more",
              "ModelBatch",
              "live >= org.rules.maxBatch()",
              "live > org.rules.maxBatch()"),
          new Flaw(
              "jobs that are over fill the lane", "ModelBatch", "!other.over()", "other != null"),
          new Flaw(
              "jobs that are over are kept a millisecond more",
              "Retention",
              "job.updatedAt + kept.endedMs() <= org.now",
              "job.updatedAt + kept.endedMs() < org.now"));

  private FlawsOfClients() {}
}
