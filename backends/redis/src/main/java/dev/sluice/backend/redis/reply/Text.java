package dev.sluice.backend.redis.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How names are put into arguments and stored lines, and taken out again. */
public final class Text {

  /** Parts the fields of a line. No name contains it. */
  public static final char UNIT = '\u001f';

  /** Parts the names of a list, and the three parts of a session's line. No name contains it. */
  public static final char RECORD = '\u001e';

  /** Parts what stands in one field of a line. No name contains it. */
  public static final char GROUP = '\u001d';

  private Text() {}

  /** A name as it is. One with control characters would break the layout of what is stored. */
  public static String name(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ') {
        throw new IllegalArgumentException("a name holds a control character");
      }
    }
    return name;
  }

  /** Empty for null. */
  public static String orEmpty(@Nullable String name) {
    return name == null ? "" : name(name);
  }

  public static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** A list of names in one text. */
  public static String join(List<String> names) {
    names.forEach(Text::name);
    return String.join(String.valueOf(RECORD), names);
  }

  /** The names of a list. */
  public static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : parts(joined);
  }

  /** The fields of a line. */
  public static List<String> fields(String line) {
    return List.of(line.split(String.valueOf(UNIT), -1));
  }

  /** The parts of a line, each made of fields. */
  public static List<String> parts(String line) {
    return List.of(line.split(String.valueOf(RECORD), -1));
  }
}
