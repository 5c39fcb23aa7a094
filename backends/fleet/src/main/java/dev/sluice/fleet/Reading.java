package dev.sluice.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest attempt to take a snapshot.
 *
 * @param fleet last snapshot; null before the first
 * @param away true if the store didn't answer this time
 * @param mark changes with every visible change; differs between nodes
 */
public record Reading(
    @Nullable FleetSnapshot fleet, List<Finding> findings, boolean away, String mark) {

  static final Reading NOTHING = new Reading(null, List.of(), true, "");

  public Reading {
    findings = List.copyOf(findings);
  }

  Reading gone() {
    return new Reading(fleet, findings, true, mark);
  }

  Reading marked(String other) {
    return new Reading(fleet, findings, away, other);
  }

  Object essence() {
    return List.of(fleet == null ? "" : fleet.essence(), findings, away);
  }
}
