package dev.sluice.backend;

/** The size of texts in answers, where JSON makes some characters longer. */
public final class JsonBytes {

  /** Bytes of the longest form of one byte of a text. */
  public static final int MOST = 6;

  private JsonBytes() {}

  /** Counts every control character as six bytes, though some have shorter forms. */
  public static long of(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        bytes += MOST;
      } else if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else {
        // each surrogate stands for two of four bytes
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }
}
