package dev.sluice.service.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that isn't a success, protocol 2.4. Clients search it for texts, so the
 * text stands in both members.
 *
 * @param error the text for people
 * @param message the same
 * @param field the field or parameter that is wrong, or null
 * @param id names the log line of an unexpected error, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiError(String error, String message, @Nullable String field, @Nullable String id) {

  /** An error that is about no field. */
  public static ApiError of(String text) {
    return new ApiError(text, text, null, null);
  }
}
