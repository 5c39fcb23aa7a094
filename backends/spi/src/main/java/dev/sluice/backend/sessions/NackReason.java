package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * A worker's reason for a nack, in a form that any store and page can hold.
 *
 * @param text 1 to {@link #MAX} characters, none of them a control character but for line breaks
 */
public record NackReason(String text) {

  /** Most characters. */
  public static final int MAX = 1_000;

  /** The reason in a worker's words: cut, with spaces for control characters; null for a blank. */
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

  /** The reason in one line. */
  public String line() {
    return text.replace('\n', ' ');
  }

  /** The reason as a JSON string, the value of a report field. */
  public String json() {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
