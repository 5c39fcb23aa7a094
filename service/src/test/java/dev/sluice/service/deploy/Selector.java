package dev.sluice.service.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A selector of series in a query of Prometheus; {@code name} is blank if a matcher gives it. */
record Selector(String name, List<Matcher> matchers) {

  private static final Pattern SELECTOR =
      Pattern.compile("((?:sluice|jvm|process)_\\w+)(?:\\{([^}]*)\\})?|(?<!\\w)\\{([^}]*)\\}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

  record Matcher(String label, String operator, String value) {

    boolean isVariable() {
      return value.startsWith("$");
    }
  }

  static List<Selector> of(String query) {
    List<Selector> selectors = new ArrayList<>();
    java.util.regex.Matcher found = SELECTOR.matcher(query);
    while (found.find()) {
      String name = found.group(1) == null ? "" : found.group(1);
      String matchers = name.isEmpty() ? found.group(3) : found.group(2);
      selectors.add(new Selector(name, matchers(matchers == null ? "" : matchers)));
    }
    return selectors;
  }

  private static List<Matcher> matchers(String text) {
    return MATCHER.matcher(text).results().map(Selector::matcher).toList();
  }

  private static Matcher matcher(MatchResult part) {
    return new Matcher(part.group(1), part.group(2), part.group(3));
  }
}
