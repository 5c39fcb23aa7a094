package dev.sluice.control;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of one call of an act on items by their ids.
 *
 * @param items in the order of the ids
 * @param stopId the order of stopped sessions, whose receipts follow; null if none was stopped
 * @param next index of the next item; -1 at the end
 */
public record SelectedResult(List<Item> items, @Nullable String stopId, int next) {

  public SelectedResult {
    items = List.copyOf(items);
  }

  /**
   * @param before its priority before the act; 0 if unknown
   */
  public record Item(String id, Outcome outcome, int before) {}

  /** Where an item was found, if not done. */
  public enum Outcome {
    DONE,
    WAITING,
    /** By a worker, or again since it was selected. */
    CLAIMED,
    STOPPING,
    DEAD,
    ENDED,
    /** Not of the org, or not of the caller's projects. */
    UNKNOWN,
    /** The queue or its inbox has no room. */
    FULL,
    DAMAGED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public long done() {
    return items.stream().filter(item -> item.outcome() == Outcome.DONE).count();
  }
}
