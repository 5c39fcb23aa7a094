package dev.sluice.backend;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * Builds the backend that {@code backend.type} names in {@code config.yml}.
 *
 * <p>A factory reads the block named like its type and ignores the blocks of other types, so that
 * changing the one {@code type} line switches the store. Factories are listed in {@code
 * META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface QueueBackendFactory extends Discoverable {

  /**
   * Connects to the store, or starts it.
   *
   * @throws BackendUnavailableException if the store can't be started; a remote store that is
   *     merely away is no reason to fail: its calls are refused until it answers
   * @throws IllegalArgumentException if the configuration asks for what this backend doesn't do;
   *     the message names the key
   */
  QueueBackend build(BackendEnvironment environment);

  /** One line for people: the kind of store and the durability in force. */
  String description();
}
