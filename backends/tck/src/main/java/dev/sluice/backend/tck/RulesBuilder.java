package dev.sluice.backend.tck;

import dev.sluice.backend.Rules;
import java.time.Duration;

/**
 * The usual rules with what a case needs otherwise, mostly limits that are too large to be met in a
 * test: {@code rules().dueStep(2).maxWaiting(3)}.
 */
final class RulesBuilder {

  private int dueStep = Rules.DEFAULTS.dueStep();
  private int exactPosition = Rules.DEFAULTS.exactPosition();
  private int maxReturns = Rules.DEFAULTS.maxReturns();
  private long maxWaiting = Rules.DEFAULTS.maxWaiting();
  private int maxBatch = Rules.DEFAULTS.maxBatch();
  private Rules.Tries tries = Rules.Tries.DEFAULTS;
  private Rules.Kept kept = Rules.Kept.DEFAULTS;

  private Rules.Bounds bounds = Rules.Bounds.DEFAULTS;

  private RulesBuilder() {}

  static RulesBuilder rules() {
    return new RulesBuilder();
  }

  RulesBuilder dueStep(int most) {
    dueStep = most;
    return this;
  }

  RulesBuilder exactPosition(int most) {
    exactPosition = most;
    return this;
  }

  RulesBuilder maxReturns(int most) {
    maxReturns = most;
    return this;
  }

  RulesBuilder maxBytes(long most) {
    bounds = bounds.withMaxBytes(most);
    return this;
  }

  RulesBuilder maxWorkers(int most) {
    return bounds(most, bounds.maxProjects(), bounds.maxOrgCapabilitySets(), bounds.maxKeys());
  }

  RulesBuilder maxProjects(int most) {
    return bounds(bounds.maxWorkers(), most, bounds.maxOrgCapabilitySets(), bounds.maxKeys());
  }

  RulesBuilder maxOrgCapabilitySets(int most) {
    return bounds(bounds.maxWorkers(), bounds.maxProjects(), most, bounds.maxKeys());
  }

  RulesBuilder maxKeys(int most) {
    return bounds(bounds.maxWorkers(), bounds.maxProjects(), bounds.maxOrgCapabilitySets(), most);
  }

  private RulesBuilder bounds(int workers, int projects, int sets, int keys) {
    bounds = new Rules.Bounds(bounds.maxBytes(), workers, projects, sets, keys);
    return this;
  }

  RulesBuilder maxBatch(int most) {
    maxBatch = most;
    return this;
  }

  RulesBuilder maxOffers(int most) {
    tries =
        new Rules.Tries(
            tries.maxAttempts(),
            tries.maxNacks(),
            most,
            tries.noShows(),
            tries.quarantineMs(),
            tries.longestQuarantineMs());
    return this;
  }

  RulesBuilder maxWaiting(long most) {
    maxWaiting = most;
    return this;
  }

  RulesBuilder maxAttempts(int most) {
    tries =
        new Rules.Tries(
            most,
            tries.maxNacks(),
            tries.maxOffers(),
            tries.noShows(),
            tries.quarantineMs(),
            tries.longestQuarantineMs());
    return this;
  }

  RulesBuilder maxNacks(int most) {
    tries =
        new Rules.Tries(
            tries.maxAttempts(),
            most,
            tries.maxOffers(),
            tries.noShows(),
            tries.quarantineMs(),
            tries.longestQuarantineMs());
    return this;
  }

  RulesBuilder noShows(int most) {
    tries =
        new Rules.Tries(
            tries.maxAttempts(),
            tries.maxNacks(),
            tries.maxOffers(),
            most,
            tries.quarantineMs(),
            tries.longestQuarantineMs());
    return this;
  }

  RulesBuilder maxEnded(long most) {
    kept =
        new Rules.Kept(
            kept.endedMs(),
            most,
            kept.deadMs(),
            kept.archiveMs(),
            kept.silentWorkerMs(),
            kept.activities(),
            kept.events(),
            kept.auditMs(),
            kept.maxAudit(),
            kept.idempotencyMs());
    return this;
  }

  /** How many activities and how many lines of a timeline are kept. */
  RulesBuilder lines(int activities, int events) {
    kept =
        new Rules.Kept(
            kept.endedMs(),
            kept.maxEnded(),
            kept.deadMs(),
            kept.archiveMs(),
            kept.silentWorkerMs(),
            activities,
            events,
            kept.auditMs(),
            kept.maxAudit(),
            kept.idempotencyMs());
    return this;
  }

  /** For how long audit lines are kept, and how many. */
  RulesBuilder audit(Duration age, long most) {
    kept =
        new Rules.Kept(
            kept.endedMs(),
            kept.maxEnded(),
            kept.deadMs(),
            kept.archiveMs(),
            kept.silentWorkerMs(),
            kept.activities(),
            kept.events(),
            age.toMillis(),
            most,
            kept.idempotencyMs());
    return this;
  }

  Rules build() {
    Rules usual = Rules.DEFAULTS;
    return new Rules(
        usual.leaseMs(),
        usual.acceptMs(),
        usual.acceptGoDaemonMs(),
        usual.stopGraceMs(),
        usual.visibilityMs(),
        usual.nackBackoffMs(),
        usual.maxItemsPerPoll(),
        usual.messagesPerRead(),
        usual.normalShare(),
        usual.maxUnacked(),
        maxReturns,
        usual.maxCapabilitySets(),
        dueStep,
        exactPosition,
        maxWaiting,
        maxBatch,
        tries,
        kept,
        bounds);
  }
}
