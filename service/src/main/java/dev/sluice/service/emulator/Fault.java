package dev.sluice.service.emulator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the calls that fit.
 *
 * @param method of the calls; null for any
 * @param path prefix of their paths, in which {@code *} stands for a segment
 * @param count how many calls it has left
 * @param delayMs of {@code slow}
 * @param retryAfter seconds, of {@code unavailable}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(
    Kind fault,
    @Nullable String method,
    String path,
    int count,
    @Nullable Integer delayMs,
    @Nullable Integer retryAfter) {

  private static final int DELAY_MS = 1_000;
  private static final int RETRY_AFTER = 1;

  enum Kind {
    /** The call runs, and the connection is cut before its answer. */
    LOST,
    /** 503. */
    UNAVAILABLE,
    /** 401, as if the credential was revoked. */
    REVOKED,
    /** The call runs late. */
    SLOW;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @JsonCreator
  static Fault of(
      @JsonProperty("fault") @Nullable String fault,
      @JsonProperty("method") @Nullable String method,
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("count") @Nullable Integer count,
      @JsonProperty("delayMs") @Nullable Integer delayMs,
      @JsonProperty("retryAfter") @Nullable Integer retryAfter) {
    Kind kind = kind(fault);
    return new Fault(
        kind,
        method,
        path == null ? "/" : path,
        count == null ? 1 : count,
        kind == Kind.SLOW && delayMs == null ? Integer.valueOf(DELAY_MS) : delayMs,
        kind == Kind.UNAVAILABLE && retryAfter == null ? Integer.valueOf(RETRY_AFTER) : retryAfter);
  }

  private static Kind kind(@Nullable String word) {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("fault must be one of lost, unavailable, revoked, slow");
  }

  boolean fits(String calledMethod, String calledPath) {
    return (method == null || method.equalsIgnoreCase(calledMethod))
        && Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]+\\Q"))
            .matcher(calledPath)
            .lookingAt();
  }

  Fault used() {
    return new Fault(fault, method, path, count - 1, delayMs, retryAfter);
  }
}
