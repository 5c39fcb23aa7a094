package dev.sluice.admin.charts;

import dev.sluice.admin.NodeTotals;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node saw lately of each org, in memory: a restart forgets it. Of each {@link TimeRange}
 * the latest value of each step is kept; steps in which nobody viewed the fleet, or the store
 * didn't answer, are gaps.
 *
 * <p>Bounded: the {@value #MOST_ORGS} orgs seen last, and of each {@value #MOST_QUEUES} queues, of
 * which the least recently looked at goes for one that is looked at anew. An org takes 80 KB and 3
 * KB more for each queue, so at most 0.4 MB; all of them at most 80 MB.
 *
 * <p>Safe for several threads.
 */
public final class FleetHistory {

  /** Most orgs that are remembered. */
  public static final int MOST_ORGS = 200;

  /** Most queues of an org that are remembered. */
  public static final int MOST_QUEUES = 100;

  private final NodeTotals rates;
  private final Map<String, OrgHistory> orgs = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param rates what went through this node
   */
  public FleetHistory(NodeTotals rates) {
    this.rates = rates;
  }

  /** Remembers what a look has seen, if it has. To be called with each look, from any thread. */
  public void add(Reading reading) {
    FleetSnapshot fleet = reading.fleet();
    if (fleet != null && !reading.away()) {
      add(fleet);
    }
  }

  /** Remembers a fleet as it was seen. */
  public void add(FleetSnapshot fleet) {
    org(fleet.org()).add(fleet, rates.totals(fleet.org()));
  }

  /** Makes room for one that is new. */
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
   * Lines of an org's fleet, or of one of its queues, up to a moment; without any point where
   * nothing is remembered.
   *
   * @param project of which queue, which counts as a look at it; null for the fleet
   * @param measures one for each line; of a queue only {@link Metric#WAITING} and {@link
   *     Metric#OLDEST}
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
