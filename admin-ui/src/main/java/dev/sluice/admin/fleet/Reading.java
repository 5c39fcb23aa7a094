package dev.sluice.admin.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest try to look at a fleet.
 *
 * @param fleet as it was seen last, if it ever was
 * @param findings what needs attention in it, see {@link FindingRules}
 * @param away whether the store didn't answer this time, so that the fleet is older than it seems
 * @param mark changes whenever something that a page may show has changed since the look before, or
 *     may have; another node gives other marks
 */
public record Reading(
    @Nullable FleetSnapshot fleet, List<Finding> findings, boolean away, String mark) {

  /** Of a store that doesn't answer and of which nothing was ever seen. */
  static final Reading NOTHING = new Reading(null, List.of(), true, "");

  public Reading {
    findings = List.copyOf(findings);
  }

  /** The same once the store has stopped answering. */
  Reading gone() {
    return new Reading(fleet, findings, true, mark);
  }

  /** The same under another mark. */
  Reading marked(String other) {
    return new Reading(fleet, findings, away, other);
  }

  /** Equal for two looks between which nothing changed. */
  Object essence() {
    return List.of(fleet == null ? "" : fleet.essence(), findings, away);
  }
}
