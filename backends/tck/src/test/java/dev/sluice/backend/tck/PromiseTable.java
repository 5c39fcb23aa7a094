package dev.sluice.backend.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of docs/rules.md, "Where each promise is tested". Its second column names tests, in
 * code marks: a class, and after it methods of that class. A class alone stands for all its tests.
 */
record PromiseTable(List<Row> rows) {

  /** What a row promises, and where that is tested or why it isn't yet. */
  record Row(String promise, String where, List<Named> tests) {}

  /** A class of tests and one of its methods, or null for the class as a whole. */
  record Named(String type, @Nullable String method) {}

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Reads the rows of all tables behind that heading, up to the next one of its level. */
  static PromiseTable under(String heading, String markdown) {
    int start = markdown.indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException("no heading " + heading);
    }
    int from = start + heading.length() + 1;
    String level = heading.substring(0, heading.indexOf(' ') + 1);
    int end = markdown.indexOf("\n" + level, from);
    String section = markdown.substring(from, end < 0 ? markdown.length() : end);
    return new PromiseTable(
        section
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise "))
            .map(PromiseTable::row)
            .toList());
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException("not a row of two cells: " + line);
    }
    return new Row(cells[1].strip(), cells[2].strip(), named(cells[2]));
  }

  private static List<Named> named(String cell) {
    List<Named> tests = new ArrayList<>();
    String type = null;
    boolean bare = false;
    for (Matcher code = CODE.matcher(cell); code.find(); ) {
      String name = code.group(1);
      if (Character.isUpperCase(name.charAt(0))) {
        if (type != null && bare) {
          tests.add(new Named(type, null));
        }
        type = name;
        bare = true;
      } else if (type == null) {
        throw new IllegalArgumentException("a method before any class: " + cell);
      } else {
        tests.add(new Named(type, name));
        bare = false;
      }
    }
    if (type != null && bare) {
      tests.add(new Named(type, null));
    }
    return tests;
  }
}
