package dev.sluice.backend;

import java.util.List;

/**
 * The store's health.
 *
 * @param problems what makes it unfit to serve, in words
 * @param warnings what an operator should look at, such as damaged records by name
 */
public record StoreHealth(List<String> problems, List<String> warnings) {

  public StoreHealth {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  public boolean healthy() {
    return problems.isEmpty();
  }
}
