package dev.sluice.backend.sessions;

/** The fields of sessions as people read them. */
public final class FieldText {

  private FieldText() {}

  /**
   * Returns a string without its quotes and escapes, nothing for null, and any other value as it
   * is.
   *
   * @param json the valid JSON of a field
   */
  public static String of(String json) {
    if (!json.startsWith("\"") || json.length() < 2) {
      return json.equals("null") ? "" : json;
    }
    StringBuilder text = new StringBuilder();
    int end = json.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else if (json.charAt(++i) != 'u') {
        text.append(escaped(json.charAt(i)));
      } else {
        text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
        i += 4;
      }
    }
    return text.toString();
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> c;
    };
  }
}
