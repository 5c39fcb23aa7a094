package dev.sluice.backend.redis.reply;

import dev.sluice.backend.work.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names in arguments and stored lines. */
public final class Text {

  /** Separates the fields of a line. No name contains a separator. */
  public static final char UNIT = '\u001f';

  /** Separates names of a list, and parts of a session's line. */
  public static final char RECORD = '\u001e';

  /** Separates parts of a field. */
  public static final char GROUP = '\u001d';

  /** Begins a title that is made from a prompt. */
  private static final String DERIVED = "\u001c";

  private Text() {}

  /** Refuses control characters, which would break the stored layout. */
  public static String name(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ') {
        throw new IllegalArgumentException("a name holds a control character");
      }
    }
    return name;
  }

  public static String orEmpty(@Nullable String name) {
    return name == null ? "" : name(name);
  }

  public static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  public static String join(List<String> names) {
    names.forEach(Text::name);
    return String.join(String.valueOf(RECORD), names);
  }

  /** With a unit between them. */
  public static String line(Object... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append(UNIT);
      }
      line.append(values[i]);
    }
    return line.toString();
  }

  /** With zeros to 16 digits, so that texts have the order of their numbers. */
  public static String ordered(long number) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 16 - digits.length())) + digits;
  }

  /** Empty for none. */
  public static String subject(Subject subject) {
    return subject.equals(Subject.NONE)
        ? ""
        : subject.model()
            + GROUP
            + subject.branch()
            + GROUP
            + (subject.derived() ? DERIVED : "")
            + subject.title();
  }

  static Subject subject(String stored) {
    String[] parts = stored.split(String.valueOf(GROUP), -1);
    if (stored.isEmpty()) {
      return Subject.NONE;
    }
    return new Subject(title(parts[2]), parts[1], parts[0], parts[2].startsWith(DERIVED));
  }

  /** Returns the title itself, of a stored one. */
  static String title(String stored) {
    return stored.startsWith(DERIVED) ? stored.substring(DERIVED.length()) : stored;
  }

  public static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : parts(joined);
  }

  public static List<String> fields(String line) {
    return List.of(line.split(String.valueOf(UNIT), -1));
  }

  public static List<String> parts(String line) {
    return List.of(line.split(String.valueOf(RECORD), -1));
  }
}
