package dev.sluice.backend.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sluice.backend.BackendUnavailableException;
import io.dropwizard.jackson.Discoverable;

/**
 * Builds the backend of {@code backend.type} in {@code config.yml}.
 *
 * <p>A factory reads the block of its own type only, so changing {@code type} switches the store.
 * Factories are listed in {@code META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface QueueBackendFactory extends Discoverable {

  /**
   * @throws BackendUnavailableException if it can't start; a remote store may be away, then calls
   *     are refused until it answers
   * @throws IllegalArgumentException for an unsupported setting; names the key
   */
  QueueBackend build(BackendEnvironment environment);

  /**
   * Loads code that {@link #build} will need, on another thread, and changes nothing. Failures are
   * ignored: {@code build} reports them.
   */
  default void prepare() throws Exception {}

  /**
   * Tells what the files of a stopped store lack.
   *
   * @param acceptLoss true to let the next start go on without
   * @throws BackendUnavailableException if the files are in use, or can't be read
   * @throws IllegalArgumentException if the store has none
   */
  default FilesCheck checkFiles(BackendEnvironment environment, boolean acceptLoss) {
    throw new IllegalArgumentException("this backend.type keeps no journal in dataDirectory");
  }

  /** The number of nodes that the settings name; 0 if they name none. */
  default int nodes() {
    return 0;
  }

  /** Kind of store and durability in one line. */
  String description();
}
