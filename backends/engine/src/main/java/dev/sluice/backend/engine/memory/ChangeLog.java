package dev.sluice.backend.engine.memory;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.store.StoreHealth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of a {@link MemoryStore} durable. Appending never waits and never fails; each
 * returns a position, a number that grows. Changes of an org, and of a key, come in the order in
 * which they were made.
 */
public interface ChangeLog extends AutoCloseable {

  void append(String org, List<Change> changes);

  long put(StoreTable table, Map<String, byte[]> values);

  long delete(StoreTable table, String key);

  /** That of the latest append. */
  long position();

  /**
   * Waits until all up to a position is durable.
   *
   * @throws dev.sluice.backend.BackendUnavailableException if it never will be
   */
  void await(long position);

  /**
   * @throws dev.sluice.backend.BackendUnavailableException if changes are lost from now on
   */
  void check();

  StoreHealth health();

  /** As {@link dev.sluice.backend.engine.tables.Store#signingSecret}. */
  @Nullable String signingSecret(String candidate);

  @Override
  void close();

  /** Keeps nothing: all is lost at the end of the process. */
  final class None implements ChangeLog {

    @Override
    public void append(String org, List<Change> changes) {}

    @Override
    public long put(StoreTable table, Map<String, byte[]> values) {
      return 0;
    }

    @Override
    public long delete(StoreTable table, String key) {
      return 0;
    }

    @Override
    public long position() {
      return 0;
    }

    @Override
    public void await(long position) {}

    @Override
    public void check() {}

    @Override
    public StoreHealth health() {
      return new StoreHealth(List.of(), List.of());
    }

    @Override
    public @Nullable String signingSecret(String candidate) {
      return null;
    }

    @Override
    public void close() {}
  }
}
