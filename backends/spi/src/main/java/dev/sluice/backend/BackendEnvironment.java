package dev.sluice.backend;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The input of a factory.
 *
 * @param dataDirectory for files of an embedded store; may not exist yet
 * @param onFailure gets the failure and its remedy in words when the store fails for good
 */
public record BackendEnvironment(
    Rules rules, Path dataDirectory, StoreTime time, Consumer<String> onFailure) {

  /** Creates one without a listener: health alone reports failures. */
  public BackendEnvironment(Rules rules, Path dataDirectory, StoreTime time) {
    this(rules, dataDirectory, time, failure -> {});
  }
}
