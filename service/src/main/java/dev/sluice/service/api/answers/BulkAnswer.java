package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.control.BulkResult;
import org.jspecify.annotations.Nullable;

/**
 * What one call did of a bulk.
 *
 * @param matched how many it met that the filter matches
 * @param done to how many it was done; 0 in a dry run
 * @param refused how many had changed meanwhile, or found the queue full
 * @param more whether the same call is to be made again with {@code cursor}
 * @param nextCursor that cursor; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkAnswer(
    int matched, int done, int refused, boolean more, @Nullable String nextCursor) {

  public static BulkAnswer of(BulkResult result) {
    return new BulkAnswer(
        result.matched(), result.done(), result.refused(), result.next() != null, result.next());
  }
}
