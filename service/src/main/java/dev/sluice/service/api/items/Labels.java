package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.Subject;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The labels of an item, which its producer chooses: docs/protocol.md, "Labels". */
public final class Labels {

  /** The query parameter that filters by a label. */
  public static final String PARAMETER = "label";

  private static final String MEMBER = "labels";

  private static final int MOST = 8;

  private static final int MAX_BYTES = 63;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1," + MAX_BYTES + "}");

  /** Parts of emoji that hold what shows nothing by itself: a joined picture, a flag's tags. */
  private static final Pattern IN_EMOJI =
      Pattern.compile(
          "[\\p{So}\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}]\\x{200D}(?=\\p{So})"
              + "|\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

  private Labels() {}

  /** Returns the labels of a stored item; none for one that was enqueued before labels were. */
  public static SortedMap<String, String> of(String item) {
    try {
      return item.isEmpty() ? new TreeMap<>() : read(JsonBody.parse(item));
    } catch (ApiException e) {
      return new TreeMap<>(); // other members of this name were kept as they came
    }
  }

  /** Reads the labels that work must have, each as {@code key=value}. */
  public static SortedMap<String, String> wanted(List<String> parameters) {
    SortedMap<String, String> wanted = new TreeMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      if (equals < 0 || !KEY.matcher(parameter.substring(0, equals)).matches()) {
        throw ApiException.invalid(PARAMETER, "must be key=value, as in the labels of an item");
      }
      String value = parameter.substring(equals + 1);
      String problem = problem(value);
      if (problem != null) {
        throw ApiException.invalid(PARAMETER, problem);
      }
      String before = wanted.put(parameter.substring(0, equals), value);
      if (before != null && !before.equals(value)) {
        throw ApiException.invalid(PARAMETER, "has two values for one key");
      }
    }
    if (wanted.size() > MOST) {
      throw ApiException.invalid(PARAMETER, "may be given at most " + MOST + " times");
    }
    return wanted;
  }

  /** True if a stored item has all of these labels. */
  public static boolean has(String item, Map<String, String> wanted) {
    return wanted.isEmpty() || of(item).entrySet().containsAll(wanted.entrySet());
  }

  /** Reads the labels of a body. 400 names the nearest member. */
  public static SortedMap<String, String> read(JsonBody body) {
    SortedMap<String, String> labels = new TreeMap<>();
    String json = body.raw(MEMBER);
    if (json == null) {
      return labels;
    }
    JsonNode given = tree(json);
    if (!given.isObject()) {
      throw ApiException.invalid(MEMBER, "must be an object");
    }
    if (given.size() > MOST) {
      throw ApiException.invalid(MEMBER, "must have at most " + MOST + " members");
    }
    for (Map.Entry<String, JsonNode> label : given.properties()) {
      String key = label.getKey();
      if (!KEY.matcher(key).matches()) {
        throw ApiException.invalid(
            MEMBER, "has a key that isn't 1 to " + MAX_BYTES + " letters, digits and . _ / -");
      }
      String value = label.getValue().textValue();
      if (value == null) {
        throw ApiException.invalid(MEMBER + '.' + key, "must be a string");
      }
      String problem = problem(value);
      if (problem != null) {
        throw ApiException.invalid(MEMBER + '.' + key, problem);
      }
      labels.put(key, value);
    }
    return labels;
  }

  private static JsonNode tree(String json) {
    try {
      return JsonBody.tree(json);
    } catch (JsonProcessingException e) {
      throw ApiException.invalid(MEMBER, "holds a number that is too long");
    }
  }

  private static @Nullable String problem(String value) {
    if (value.isEmpty()) {
      return null;
    }
    String problem = Names.problem(value, MAX_BYTES);
    return problem == null && hidesSomething(value)
        ? "must not contain characters that show nothing"
        : problem;
  }

  /** Two labels could look alike, or one could turn the text behind it. */
  private static boolean hidesSomething(String value) {
    return IN_EMOJI
        .matcher(value)
        .replaceAll("")
        .codePoints()
        .anyMatch(
            point ->
                !Subject.isShown(point)
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
  }
}
