package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.work.Place;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Quotas as limits of projects: the other server compares their names with projects alone. */
final class Quotas {

  private static final long DAY_MS = 86_400_000;
  private static final String CONCURRENT = "maxConcurrentSessions";
  private static final String DAILY = "maxDailyCostUsd";

  private final Collection<Draft> drafts;
  private final long now;
  private final Findings findings;
  private final Map<String, OrgRecord> projects = new TreeMap<>(Names::compareBytes);

  private Quotas(Collection<Draft> drafts, long now, Findings findings) {
    this.drafts = drafts;
    this.now = now;
    this.findings = findings;
  }

  /** Returns the projects by name. */
  static Collection<OrgRecord> read(
      Source source, Keys keys, Collection<Draft> drafts, long now, Findings findings) {
    Quotas quotas = new Quotas(drafts, now, findings);
    source.strings(keys.of(Family.QUOTA), quotas::add, findings::gone);
    return quotas.projects.values();
  }

  private void add(String key, String text) {
    String name = Family.QUOTA.id(key);
    ObjectNode json = Json.object(text);
    if (json == null || Names.problem(name) != null) {
      findings.leftOut(key, json == null ? "it is no JSON object" : "its name is invalid");
      return;
    }
    for (String member :
        new String[] {"maxSessionCostUsd", "cohort", "borrowingLimit", "lendingLimit"}) {
      if (json.has(member)) {
        findings.leftOut(Findings.part(key, member), "there is no such limit here");
      }
    }
    QueueLimits limits = new QueueLimits(concurrent(key, json), budget(key, json));
    if (limits.equals(QueueLimits.NONE)) {
      findings.leftOut(key, "it has no limit");
      return;
    }
    String scope = Json.text(json, "scope");
    if (scope != null && !scope.equals("project")) {
      findings.imported(key, "as limits of the project of this name");
    }
    boolean budget = limits.dailyBudgetMicroUsd() != null;
    long today = now / DAY_MS;
    projects.put(
        name,
        new OrgRecord.Project(
            name, limits, budget ? spent(name, today) : 0, budget ? today : 0, null));
  }

  private @Nullable Integer concurrent(String key, ObjectNode json) {
    if (!json.has(CONCURRENT)) {
      return null;
    }
    long limit = Json.count(json, CONCURRENT);
    if (limit < 0 || limit > Integer.MAX_VALUE) {
      findings.leftOut(Findings.part(key, CONCURRENT), "it is no whole number from 0");
      return null;
    }
    return (int) limit;
  }

  private @Nullable Long budget(String key, ObjectNode json) {
    if (!json.has(DAILY)) {
      return null;
    }
    double usd = Json.number(json, DAILY);
    if (!(usd >= 0 && usd <= QueueLimits.MAX_BUDGET_USD)) {
      findings.leftOut(
          Findings.part(key, DAILY), "it is no number up to " + QueueLimits.MAX_BUDGET_USD);
      return null;
    }
    return QueueLimits.microUsd(BigDecimal.valueOf(usd));
  }

  /** The costs of the sessions that ended on a UTC day; the other server counts them twice. */
  private long spent(String project, long day) {
    return drafts.stream()
        .filter(draft -> draft.place() == Place.ENDED && draft.project().equals(project))
        .filter(draft -> draft.endedAt() / DAY_MS == day)
        .mapToLong(Draft::cost)
        .sum();
  }
}
