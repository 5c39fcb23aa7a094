package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * A worker's reason, safe for any store and page.
 *
 * @param text 1 to {@link #MAX} characters without control characters other than line breaks
 */
public record NackReason(String text) {

  public static final int MAX = 1_000;

  /** Cuts a reason and replaces control characters by spaces; null if blank. */
  public static @Nullable NackReason of(@Nullable String said) {
    if (said == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    said.codePoints().limit(MAX).map(c -> storable(c) ? c : ' ').forEach(text::appendCodePoint);
    String kept = text.toString().strip();
    return kept.isEmpty() ? null : new NackReason(kept);
  }

  private static boolean storable(int c) {
    return (c == '\n' || !Character.isISOControl(c)) && Character.getType(c) != Character.SURROGATE;
  }

  public String line() {
    return text.replace('\n', ' ');
  }

  public String json() {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
