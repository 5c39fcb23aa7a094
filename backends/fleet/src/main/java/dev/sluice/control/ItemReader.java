package dev.sluice.control;

import org.jspecify.annotations.Nullable;

/** Finds items that some workers can't decode. */
@FunctionalInterface
public interface ItemCheck {

  /** Such as {@code title must be a string}; null if all workers can. */
  @Nullable String problem(String item);
}
