package dev.sluice.control;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads stored items, whose members the stores don't know. */
public interface ItemReader {

  /**
   * Tells why some workers can't decode an item, such as {@code title must be a string}; null if
   * all can.
   */
  @Nullable String problem(String item);

  /** The labels of an item; empty for none. */
  SortedMap<String, String> labels(String item);
}
