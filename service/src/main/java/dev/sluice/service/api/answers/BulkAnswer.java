package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.control.BulkResult;
import dev.sluice.control.SelectedResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code refused} counts what changed in the meantime or met a full queue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkAnswer(
    int matched,
    int done,
    int refused,
    boolean more,
    @Nullable String nextCursor,
    @Nullable List<Item> items,
    @Nullable String stopId) {

  /** {@code outcome} is {@code done}, or where the item was found. */
  public record Item(String id, String outcome) {}

  public static BulkAnswer of(BulkResult result, @Nullable String next) {
    return new BulkAnswer(
        result.matched(), result.done(), result.refused(), next != null, next, null, null);
  }

  /** {@code matched} counts the items that the verb could act on. */
  public static BulkAnswer of(SelectedResult result, boolean dryRun) {
    int matched = (int) result.done();
    boolean more = result.next() >= 0;
    return new BulkAnswer(
        matched,
        dryRun ? 0 : matched,
        result.items().size() - matched,
        more,
        more ? String.valueOf(result.next()) : null,
        result.items().stream().map(item -> new Item(item.id(), item.outcome().wire())).toList(),
        result.stopId());
  }
}
