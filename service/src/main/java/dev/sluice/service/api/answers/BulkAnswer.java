package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.control.BulkResult;
import org.jspecify.annotations.Nullable;

/**
 * @param refused changed in the meantime, or the queue was full
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkAnswer(
    int matched, int done, int refused, boolean more, @Nullable String nextCursor) {

  public static BulkAnswer of(BulkResult result) {
    return new BulkAnswer(
        result.matched(), result.done(), result.refused(), result.next() != null, result.next());
  }
}
