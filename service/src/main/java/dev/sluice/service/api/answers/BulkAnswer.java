package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.control.BulkResult;
import org.jspecify.annotations.Nullable;

/** {@code refused} counts what changed in the meantime or met a full queue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkAnswer(
    int matched, int done, int refused, boolean more, @Nullable String nextCursor) {

  public static BulkAnswer of(BulkResult result) {
    return new BulkAnswer(
        result.matched(), result.done(), result.refused(), result.next() != null, result.next());
  }
}
