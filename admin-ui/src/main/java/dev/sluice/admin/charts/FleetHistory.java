package dev.sluice.admin.charts;

import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recent measurements of this node, in memory: for each {@link TimeRange} the latest value of each
 * step; steps without a snapshot are gaps. At most {@value #MOST_ORGS} orgs (the last seen) with
 * {@value #MOST_QUEUES} queues each (the last shown), about 0.4 MB an org, 80 MB in all.
 * Thread-safe.
 */
public final class FleetHistory {

  public static final int MOST_ORGS = 200;

  public static final int MOST_QUEUES = 100;

  private final NodeTotals rates;
  private final Map<String, OrgHistory> orgs = new LinkedHashMap<>(16, 0.75f, true);

  public FleetHistory(NodeTotals rates) {
    this.rates = rates;
  }

  public void add(Reading reading) {
    FleetSnapshot fleet = reading.fleet();
    if (fleet != null && !reading.away()) {
      add(fleet);
    }
  }

  public void add(FleetSnapshot fleet) {
    org(fleet.org()).add(fleet, rates.totals(fleet.org()));
  }

  private OrgHistory org(String name) {
    synchronized (orgs) {
      OrgHistory known = orgs.get(name);
      if (known != null) {
        return known;
      }
      if (orgs.size() >= MOST_ORGS) {
        orgs.remove(orgs.keySet().iterator().next());
      }
      OrgHistory anew = new OrgHistory();
      orgs.put(name, anew);
      return anew;
    }
  }

  /**
   * Returns a curve; a queue asked for is kept in memory.
   *
   * @param project null for the fleet
   * @param measures for a queue only {@link Metric#WAITING} and {@link Metric#OLDEST}
   */
  public TimeSeries curve(
      String org, @Nullable String project, TimeRange span, List<Metric> measures, long nowMs) {
    OrgHistory known;
    synchronized (orgs) {
      known = orgs.get(org);
    }
    return known == null
        ? new TimeSeriesBuilder(span, nowMs, measures.size()).build()
        : known.curve(project, span, measures, nowMs);
  }
}
