package dev.sluice.backend;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * Builds the backend that {@code backend.type} names in {@code config.yml}.
 *
 * <p>A factory reads the block of its own type and ignores others, so changing {@code type}
 * switches the store. Factories are listed in {@code META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface QueueBackendFactory extends Discoverable {

  /**
   * Starts the store or connects to it.
   *
   * @throws BackendUnavailableException if it can't start; a remote store may be away, then calls
   *     are refused until it answers
   * @throws IllegalArgumentException for a setting this backend doesn't support; the message names
   *     the key
   */
  QueueBackend build(BackendEnvironment environment);

  /** Returns the kind of store and its durability in one line. */
  String description();
}
