package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/** What may be an id or a name: 1 to 256 UTF-8 bytes, no control characters, well-formed text. */
public final class Names {

  /** Most UTF-8 bytes of an id or a name. */
  public static final int MAX_BYTES = 256;

  private Names() {}

  /** Says what is wrong with a name, to be put behind the name of its field; null if nothing is. */
  public static @Nullable String problem(String name) {
    return problem(name, MAX_BYTES);
  }

  /** The same for a text of that many bytes at most. */
  public static @Nullable String problem(String name, int maxBytes) {
    if (name.isEmpty()) {
      return "must not be empty";
    }
    int bytes = 0;
    for (int i = 0; i < name.length(); ) {
      int point = name.codePointAt(i);
      if (Character.isISOControl(point)) {
        return "must not contain control characters";
      }
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return "must be well-formed Unicode (lone surrogate)";
      }
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        return "must be at most " + maxBytes + " bytes of UTF-8";
      }
      i += Character.charCount(point);
    }
    return null;
  }

  /** Compares two names by their unsigned UTF-8 bytes, the order in which ties are broken. */
  public static int compareBytes(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // UTF-16 puts astral characters (surrogates) before U+E000..U+FFFF; UTF-8 puts them after.
        boolean xAstral = Character.isSurrogate(x);
        boolean yAstral = Character.isSurrogate(y);
        return xAstral == yAstral ? Character.compare(x, y) : xAstral ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
