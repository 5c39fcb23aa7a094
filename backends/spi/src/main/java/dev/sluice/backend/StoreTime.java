package dev.sluice.backend;

import java.util.OptionalLong;

/**
 * Whose time decides. In service the store's own clock does, read inside the atomic step; a test
 * passes its own, which then replaces it.
 */
@FunctionalInterface
public interface StoreTime {

  /** The store's own clock. */
  StoreTime STORE = OptionalLong::empty;

  /** Epoch milliseconds to use instead of the store's clock, or empty. */
  OptionalLong nowMs();
}
