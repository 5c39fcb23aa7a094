package dev.sluice.backend;

import java.util.OptionalLong;

/**
 * The source of time: in service the store's own clock, read in the atomic step; tests replace it.
 */
@FunctionalInterface
public interface StoreTime {

  StoreTime STORE = OptionalLong::empty;

  /** Returns epoch ms that replace the store's clock; else empty. */
  OptionalLong nowMs();
}
