package dev.sluice.admin;

import dev.sluice.control.ItemReader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Items as tests write them. */
final class TestItems implements ItemReader {

  private static final Pattern LABELS = Pattern.compile("\"labels\":\\{(.*?)}");
  private static final Pattern LABEL = Pattern.compile("\"(.*?)\":\"(.*?)\"");

  @Override
  public @Nullable String problem(String item) {
    return item.contains("unreadable") ? "title must be a string" : null;
  }

  @Override
  public SortedMap<String, String> labels(String item) {
    SortedMap<String, String> labels = new TreeMap<>();
    Matcher found = LABELS.matcher(item);
    if (found.find()) {
      LABEL.matcher(found.group(1)).results().forEach(e -> labels.put(e.group(1), e.group(2)));
    }
    return labels;
  }
}
