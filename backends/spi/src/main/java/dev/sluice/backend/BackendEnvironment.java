package dev.sluice.backend;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * @param dataDirectory for an embedded store; may not exist yet
 * @param onFailure gets failure and remedy in words when the store fails for good
 */
public record BackendEnvironment(
    Rules rules, Path dataDirectory, StoreTime time, Consumer<String> onFailure) {

  /** Reports failures by health alone. */
  public BackendEnvironment(Rules rules, Path dataDirectory, StoreTime time) {
    this(rules, dataDirectory, time, failure -> {});
  }
}
