package dev.sluice.backend.store;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.nodes.StoreNodes;
import java.util.List;
import java.util.Map;

/** Expiry by time, retention, and health. */
public interface Upkeep {

  /** All orgs with stored data. */
  List<String> orgs();

  /**
   * Stamps the org and handles due work, at most {@link Rules#dueStep()} of each kind, in one
   * atomic step, safe on many nodes at once: docs/rules.md, "Sweep, by org".
   */
  SweepResult sweepStep(String org);

  default SweepResult sweep() {
    SweepResult all = SweepResult.NOTHING;
    for (String org : orgs()) {
      SweepResult step;
      do {
        step = sweepStep(org);
        all = all.and(step);
      } while (step.more());
    }
    return all;
  }

  /**
   * Stored time minus clock at this node's last sweep, ms by org: above {@link StoredTime#WARN_MS},
   * or negative if the clock was not believed.
   */
  Map<String, Long> timesAhead();

  /**
   * Sets an org's stored time to the store's clock, like after an outage: docs/rules.md, "Time".
   */
  StoredTime setTime(String org, AuditNote note);

  /** Cheap. */
  StoreHealth health();

  /** The storage limits in force: those of the settings, or the store's defaults. */
  Rules.Bounds bounds();

  /** The nodes on the store, with this one, of which the store learns that it lives. */
  StoreNodes nodes();
}
