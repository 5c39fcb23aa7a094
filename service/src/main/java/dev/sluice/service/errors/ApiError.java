package dev.sluice.service.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error. Some clients search it for texts, so {@code error} and {@code message}
 * both hold the text.
 *
 * @param id names the log line of an unexpected error, or null
 * @param oldest the cursor from which the reader of an expired one can go on, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiError(
    String error,
    String message,
    ErrorCode code,
    @Nullable String field,
    @Nullable String id,
    @Nullable String oldest) {

  public static ApiError of(ErrorCode code, String text) {
    return of(code, text, null);
  }

  public static ApiError of(ErrorCode code, String text, @Nullable String field) {
    return new ApiError(text, text, code, field, null, null);
  }
}
