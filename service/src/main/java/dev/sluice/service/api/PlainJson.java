package dev.sluice.service.api;

/** Values that can be read, and written again, without a parser. */
final class PlainJson {

  private static final int MAX_DIGITS = 18;

  private PlainJson() {}

  /** True for a string without escapes. */
  static boolean isText(String json) {
    return json.charAt(0) == '"' && json.indexOf('\\') < 0;
  }

  /**
   * Returns the first line of a string that shows something, without its begin that shows nothing;
   * at most {@code max} characters.
   */
  static String firstLine(String json, int max) {
    StringBuilder line = new StringBuilder();
    int end = json.length() - 1;
    for (int at = 1; at < end && line.length() < max; ) {
      char c = json.charAt(at);
      int to = at + 1;
      if (c == '\\') {
        c = escaped(json, to);
        to += json.charAt(to) == 'u' ? 5 : 1;
      }
      if (line.isEmpty() ? shows(c) : c != '\n') {
        line.append(c);
        int plain = plainEnd(json, to, Math.min(end, to + max - line.length()));
        line.append(json, to, plain);
        to = plain;
      } else if (!line.isEmpty()) {
        break;
      }
      at = to;
    }
    return line.toString();
  }

  private static int plainEnd(String json, int from, int end) {
    int at = from;
    while (at < end && json.charAt(at) != '\\') {
      at++;
    }
    return at;
  }

  private static char escaped(String json, int at) {
    char c = json.charAt(at);
    return switch (c) {
      case 'u' -> (char) Integer.parseInt(json, at + 1, at + 5, 16);
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> c;
    };
  }

  private static boolean shows(char c) {
    return c > ' ' && !Character.isIdentifierIgnorable(c) && !Character.isSpaceChar(c);
  }

  /** True for a whole number that certainly fits a long. */
  static boolean isSmallInteger(String json) {
    int digits = json.charAt(0) == '-' ? 1 : 0;
    if (json.length() == digits || json.length() > MAX_DIGITS) {
      return false;
    }
    for (int i = digits; i < json.length(); i++) {
      if (json.charAt(i) < '0' || json.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
