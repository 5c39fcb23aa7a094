package dev.sluice.backend;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a factory is given to build a backend.
 *
 * @param rules time-outs and limits
 * @param dataDirectory where an embedded store may keep files; may not exist yet
 * @param time whose time counts
 * @param onFailure is told the failure and its remedy, in words, when the store fails for good
 */
public record BackendEnvironment(
    Rules rules, Path dataDirectory, StoreTime time, Consumer<String> onFailure) {

  /** Without a listener: health alone tells of failures. */
  public BackendEnvironment(Rules rules, Path dataDirectory, StoreTime time) {
    this(rules, dataDirectory, time, failure -> {});
  }
}
