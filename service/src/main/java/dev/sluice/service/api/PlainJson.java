package dev.sluice.service.api;

/** Values that can be read, and written again, without a parser. */
final class PlainJson {

  private static final int MAX_DIGITS = 18;

  private PlainJson() {}

  /** True for a string without escapes. */
  static boolean isText(String json) {
    return json.charAt(0) == '"' && json.indexOf('\\') < 0;
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
