package dev.sluice.backend;

import java.util.List;

/**
 * A worker that registers.
 *
 * @param workerId its new id
 * @param registeredBy id of the credential it registered with
 * @param dialect how it speaks
 * @param hostname a label, not an identity
 * @param capacity most sessions it runs at once, from 1
 * @param projects whose work it takes; empty means all
 * @param capabilities what it can do
 * @param draining whether it asked for no work
 * @param details what else it said of itself, a JSON object that the store doesn't look into
 */
public record Registration(
    String workerId,
    String registeredBy,
    Dialect dialect,
    String hostname,
    int capacity,
    List<String> projects,
    List<String> capabilities,
    boolean draining,
    String details) {

  public Registration {
    projects = List.copyOf(projects);
    capabilities = List.copyOf(capabilities);
  }
}
