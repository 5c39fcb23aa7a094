package dev.sluice.control;

import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.stops.StopTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An act on items by their ids.
 *
 * @param items each once, at most {@link #MOST}; a claim with another token than a target's counts
 *     as changed, unless that is 0
 * @param priority for {@link SelectedVerb#REPRIORITISE}, 1..9; else 0
 * @param message for {@link SelectedVerb#SEND}; else null
 * @param dryRun true to change nothing
 * @param from index of the first item, {@link SelectedResult#next()} of the last call
 */
public record SelectedOrder(
    SelectedVerb verb,
    List<StopTarget> items,
    int priority,
    @Nullable NewMessage message,
    boolean dryRun,
    int from) {

  public static final int MOST = 10_000;

  public SelectedOrder {
    items = List.copyOf(items);
    if (items.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " items");
    }
    if ((verb == SelectedVerb.SEND) != (message != null)) {
      throw new IllegalArgumentException("a message is sent, and nothing else");
    }
  }

  List<StopTarget> rest() {
    return items.subList(from, items.size());
  }
}
