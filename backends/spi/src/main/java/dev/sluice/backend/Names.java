package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/** The rule for ids and names: 1 to 256 bytes of well-formed UTF-8 without control characters. */
public final class Names {

  public static final int MAX_BYTES = 256;

  private Names() {}

  /** Returns the problem of a name, to be put after its field's name; null if valid. */
  public static @Nullable String problem(String name) {
    return problem(name, MAX_BYTES);
  }

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

  /** Compares by unsigned UTF-8 bytes, the order of all ties. */
  public static int compareBytes(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // UTF-16 sorts surrogates before U+E000..U+FFFF, UTF-8 after them.
        boolean xAstral = Character.isSurrogate(x);
        boolean yAstral = Character.isSurrogate(y);
        return xAstral == yAstral ? Character.compare(x, y) : xAstral ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
