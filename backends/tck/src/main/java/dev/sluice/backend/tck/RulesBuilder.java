package dev.sluice.backend.tck;

import dev.sluice.backend.Rules;
import java.time.Duration;

/** The usual rules, changed by a case: {@code rules().dueStep(2).maxWaiting(3)}. */
public final class RulesBuilder {

  private static final Rules USUAL = Rules.DEFAULTS;

  private int dueStep = USUAL.dueStep();
  private int exactPosition = USUAL.exactPosition();
  private int maxReturns = USUAL.maxReturns();
  private long maxWaiting = USUAL.maxWaiting();
  private int maxBatch = USUAL.maxBatch();
  private long upgradeMs = USUAL.upgradeMs();
  private int maxAttempts = USUAL.tries().maxAttempts();
  private int maxNacks = USUAL.tries().maxNacks();
  private int maxOffers = USUAL.tries().maxOffers();
  private int noShows = USUAL.tries().noShows();
  private long maxEnded = USUAL.kept().maxEnded();
  private int activities = USUAL.kept().activities();
  private int events = USUAL.kept().events();
  private long auditMs = USUAL.kept().auditMs();
  private int maxLogged = USUAL.kept().maxLogged();
  private long maxAudit = USUAL.kept().maxAudit();
  private long maxBytes = USUAL.bounds().maxBytes();
  private int maxWorkers = USUAL.bounds().maxWorkers();
  private int maxWorkersPerKey = 0;
  private int maxProjects = USUAL.bounds().maxProjects();
  private int maxOrgCapabilitySets = USUAL.bounds().maxOrgCapabilitySets();
  private int maxKeys = USUAL.bounds().maxKeys();

  private RulesBuilder() {}

  public static RulesBuilder rules() {
    return new RulesBuilder();
  }

  public RulesBuilder dueStep(int most) {
    dueStep = most;
    return this;
  }

  public RulesBuilder exactPosition(int most) {
    exactPosition = most;
    return this;
  }

  public RulesBuilder maxReturns(int most) {
    maxReturns = most;
    return this;
  }

  public RulesBuilder maxBytes(long most) {
    maxBytes = most;
    return this;
  }

  public RulesBuilder maxWorkers(int most) {
    maxWorkers = most;
    return this;
  }

  public RulesBuilder maxWorkersPerKey(int most) {
    maxWorkersPerKey = most;
    return this;
  }

  public RulesBuilder maxProjects(int most) {
    maxProjects = most;
    return this;
  }

  public RulesBuilder maxOrgCapabilitySets(int most) {
    maxOrgCapabilitySets = most;
    return this;
  }

  public RulesBuilder maxKeys(int most) {
    maxKeys = most;
    return this;
  }

  public RulesBuilder maxBatch(int most) {
    maxBatch = most;
    return this;
  }

  public RulesBuilder upgrade(Duration settle) {
    upgradeMs = settle.toMillis();
    return this;
  }

  public RulesBuilder maxOffers(int most) {
    maxOffers = most;
    return this;
  }

  public RulesBuilder maxWaiting(long most) {
    maxWaiting = most;
    return this;
  }

  public RulesBuilder maxAttempts(int most) {
    maxAttempts = most;
    return this;
  }

  public RulesBuilder maxNacks(int most) {
    maxNacks = most;
    return this;
  }

  public RulesBuilder noShows(int most) {
    noShows = most;
    return this;
  }

  public RulesBuilder maxEnded(long most) {
    maxEnded = most;
    return this;
  }

  public RulesBuilder lines(int mostActivities, int mostEvents) {
    activities = mostActivities;
    events = mostEvents;
    return this;
  }

  public RulesBuilder audit(Duration age, long most) {
    auditMs = age.toMillis();
    maxAudit = most;
    return this;
  }

  public RulesBuilder maxLogged(int most) {
    maxLogged = most;
    return this;
  }

  public Rules build() {
    return new Rules(
        USUAL.leaseMs(),
        USUAL.acceptMs(),
        USUAL.acceptGoDaemonMs(),
        USUAL.stopGraceMs(),
        USUAL.visibilityMs(),
        USUAL.nackBackoffMs(),
        USUAL.maxItemsPerPoll(),
        USUAL.messagesPerRead(),
        USUAL.normalShare(),
        USUAL.maxUnacked(),
        maxReturns,
        USUAL.maxCapabilitySets(),
        dueStep,
        exactPosition,
        maxWaiting,
        maxBatch,
        upgradeMs,
        tries(),
        kept(),
        new Rules.Bounds(
            maxBytes, maxWorkers, maxProjects, maxOrgCapabilitySets, maxKeys, maxWorkersPerKey));
  }

  private Rules.Tries tries() {
    return new Rules.Tries(
        maxAttempts,
        maxNacks,
        maxOffers,
        noShows,
        USUAL.tries().quarantineMs(),
        USUAL.tries().longestQuarantineMs());
  }

  private Rules.Kept kept() {
    Rules.Kept usual = USUAL.kept();
    return new Rules.Kept(
        usual.endedMs(),
        maxEnded,
        usual.deadMs(),
        usual.archiveMs(),
        usual.silentWorkerMs(),
        activities,
        events,
        auditMs,
        maxAudit,
        usual.idempotencyMs(),
        usual.loggedMs(),
        maxLogged);
  }
}
