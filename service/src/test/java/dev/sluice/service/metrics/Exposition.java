package dev.sluice.service.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus's text format, parsed strictly. */
public final class Exposition {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (NaN|[+-]Inf|[0-9.eE+-]+)");
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new TreeMap<>();
  private final Map<String, Set<Map<String, String>>> series = new TreeMap<>();

  private Exposition(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    text.lines().forEach(this::read);
  }

  public static Exposition parse(String text) {
    return new Exposition(text);
  }

  static Exposition of(PrometheusRegistry registry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toString(StandardCharsets.UTF_8));
  }

  public String type(String family) {
    return types.get(family);
  }

  /** The value of a sample, -1 if missing; labels are name, value, ... */
  public double value(String name, String... labels) {
    return samples.getOrDefault(key(name, labels), -1.0);
  }

  public boolean hasProject(String project) {
    return series.values().stream()
        .flatMap(Set::stream)
        .anyMatch(labels -> project.equals(labels.get("project")));
  }

  /** Labels of all samples, by name. */
  public Map<String, Set<Map<String, String>>> series() {
    return series;
  }

  private static String key(String name, String... labels) {
    return name + sorted(labels);
  }

  private static Map<String, String> sorted(String... labels) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    return sorted;
  }

  private void read(String line) {
    if (line.startsWith("#")) {
      Matcher comment = matched(COMMENT, line);
      if (comment.group(1).equals("TYPE")
          && types.put(comment.group(2), comment.group(3)) != null) {
        throw new AssertionError("a second type: " + line);
      }
      return;
    }
    Matcher sample = matched(SAMPLE, line);
    String name = sample.group(1);
    if (!types.containsKey(name) && !types.containsKey(family(name))) {
      throw new AssertionError("no type before: " + line);
    }
    String[] labels = labels(sample.group(2) == null ? "" : sample.group(2));
    series.computeIfAbsent(name, any -> new HashSet<>()).add(sorted(labels));
    String value = sample.group(3).replace("Inf", "Infinity");
    if (samples.put(key(name, labels), Double.valueOf(value)) != null) {
      throw new AssertionError("a second value: " + line);
    }
  }

  private static String family(String name) {
    return name.replaceFirst("_(bucket|sum|count)$", "");
  }

  private static String[] labels(String text) {
    List<String> labels = new ArrayList<>();
    Matcher label = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!label.find(at) || label.start() != at) {
        throw new AssertionError("no label at " + at + ": " + text);
      }
      labels.add(label.group(1));
      labels.add(unescaped(label.group(2)));
      at = label.end();
    }
    return labels.toArray(String[]::new);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        c = text.charAt(++i);
        c = c == 'n' ? '\n' : c;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not of the format: " + line);
    }
    return matcher;
  }

  @Override
  public String toString() {
    return samples.toString();
  }
}
