package dev.sluice.service.api.items;

import dev.sluice.backend.sessions.FieldText;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of an item in its producer's trace, by W3C Trace Context: docs/protocol.md, "Traces".
 *
 * @param traceId 32 hex digits, not all 0
 * @param spanId 16 hex digits, not all 0
 * @param sampled true if the producer records the trace
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {

  /** The member of an item, and the header of a call. */
  public static final String NAME = "traceparent";

  /** Comes with it. */
  public static final String STATE = "tracestate";

  private static final int MOST_CHARACTERS = 255;

  private static final int LENGTH_OF_VERSION_0 = 55;

  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** Returns null for a wrong one. Later versions may have more parts, which are ignored. */
  public static @Nullable TraceParent parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.length() > MOST_CHARACTERS || !parts.matches()) {
      return null;
    }
    String trace = parts.group(2);
    String span = parts.group(3);
    boolean wrong =
        isZero(trace)
            || isZero(span)
            || parts.group(1).equals("00") && text.length() != LENGTH_OF_VERSION_0;
    return wrong
        ? null
        : new TraceParent(trace, span, (Integer.parseInt(parts.group(4), 16) & 1) == 1);
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(digit -> digit == '0');
  }

  /** 400 for a wrong one. */
  static void check(JsonBody item) {
    String given = item.string(NAME);
    if (given != null && parse(given) == null) {
      throw ApiException.invalid(
          NAME, "must be a traceparent of W3C Trace Context: 00-<trace id>-<parent id>-<flags>");
    }
  }

  /** Returns null for a stored item without one, or with a wrong one of an earlier release. */
  public static @Nullable TraceParent of(JsonBody item) {
    String json = item.raw(NAME);
    return json == null ? null : parse(FieldText.of(json));
  }
}
