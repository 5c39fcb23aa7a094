package dev.sluice.backend.tck;

import dev.sluice.backend.store.QueueBackend;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A second caller of a store, whose answers can be lost. */
public interface RepeatingBackend extends AutoCloseable {

  QueueBackend backend();

  /**
   * Calls, and loses each answer of the store once after it has carried the operation out.
   *
   * @throws dev.sluice.backend.BackendUnavailableException if the store doesn't repeat it
   */
  <T extends @Nullable Object> T losing(Supplier<T> call);

  /** Operations that have lost an answer. */
  Set<String> lost();

  /** All operations that change an org. */
  Set<String> writes();

  @Override
  void close();
}
