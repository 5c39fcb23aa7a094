package dev.sluice.backend.store;

import java.util.List;

/**
 * @param problems reasons not to serve
 * @param warnings such as damaged records
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
