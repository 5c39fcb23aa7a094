package dev.sluice.backend;

import java.util.OptionalLong;

/**
 * The source of time. In service it is the store's own clock, read in the atomic step; tests
 * replace it.
 */
@FunctionalInterface
public interface StoreTime {

  StoreTime STORE = OptionalLong::empty;

  /** Returns the time that replaces the store's clock, epoch ms; else empty. */
  OptionalLong nowMs();
}
