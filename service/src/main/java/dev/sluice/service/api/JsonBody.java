package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.Names;
import dev.sluice.service.errors.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as received, member by member and byte for byte; typed access names the field when
 * it refuses.
 *
 * <p>UTF-8 only; repeated members are refused at any depth, and so are quoted numbers and booleans.
 * Unknown members are ignored. The first of several spellings wins. {@code null} counts as absent.
 */
public final class JsonBody {

  private static final ObjectMapper MAPPER = new ObjectMapper(JsonText.FACTORY);

  /** The end of the year 9999, the last that all clients can write. */
  private static final long LAST_TIME_MS = 253_402_300_799_999L;

  private final String text;
  private final Map<String, String> members;
  private final List<Optional<JsonBody>> objects;

  JsonBody(String text, Map<String, String> members, List<Optional<JsonBody>> objects) {
    this.text = text;
    this.members = members;
    this.objects = objects;
  }

  public static JsonParser parser(String json) throws IOException {
    return JsonText.FACTORY.createParser(json);
  }

  public static JsonNode tree(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  public static JsonBody of(byte[] body) {
    return parse(JsonText.utf8(body));
  }

  /** A body that may have {@link #objects} in a member. */
  public static JsonBody ofBulk(byte[] body, String list, int max) {
    String text = JsonText.utf8(body);
    return new JsonText(text).body(list, max);
  }

  /** An empty body is an empty object. */
  public static JsonBody ofOptional(byte[] body) {
    String text = JsonText.utf8(body);
    return text.isBlank() ? parse("{}") : parse(text);
  }

  public static JsonBody parse(String text) {
    return new JsonText(text).body(null, 0);
  }

  /** The answer to JSON that is no object. */
  public static ApiException notAnObject() {
    return JsonText.notAnObject();
  }

  public String text() {
    return text;
  }

  /**
   * Returns the text with these members, which it lacks or has as null. It must have another one.
   *
   * @param more JSON by plain names
   */
  public String with(Map<String, String> more) {
    StringBuilder with = new StringBuilder(text);
    Map<String, String> last = new LinkedHashMap<>(more);
    if (more.keySet().stream().anyMatch(this::mentions)) {
      JsonText.replaceNulls(with, last);
    }
    StringBuilder end = new StringBuilder();
    last.forEach((name, value) -> end.append(",\"").append(name).append("\":").append(value));
    return with.insert(with.lastIndexOf("}"), end).toString();
  }

  public boolean has(String name) {
    return raw(name) != null;
  }

  /** True if the member is present, even as null. */
  public boolean mentions(String name) {
    return members.containsKey(name);
  }

  /** Ignores case, as some clients do. */
  public boolean mentionsInAnyCase(String name) {
    return mentions(name) || members.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  Map<String, String> members() {
    return members;
  }

  public Set<String> memberNames() {
    return Collections.unmodifiableSet(members.keySet());
  }

  public @Nullable String raw(String name) {
    String raw = members.get(name);
    return raw == null || raw.equals("null") ? null : raw;
  }

  public Map<String, String> raw(List<String> names) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : names) {
      String raw = raw(name);
      if (raw != null) {
        found.put(name, raw);
      }
    }
    return found;
  }

  public @Nullable String string(String... spellings) {
    String name = present(spellings);
    if (name == null) {
      return null;
    }
    String raw = String.valueOf(raw(name));
    String text =
        PlainJson.isText(raw)
            ? raw.substring(1, raw.length() - 1)
            : node(name, JsonNodeType.STRING, "must be a string").textValue();
    return wellFormed(name, text);
  }

  /**
   * Returns the first line of a string that shows something, at most {@code max} characters; empty
   * for none and for another type. Takes what {@link #string} would refuse.
   */
  public String firstLine(String name, int max) {
    String raw = raw(name);
    return raw != null && raw.startsWith("\"") ? PlainJson.firstLine(raw, max) : "";
  }

  /** May be empty; {@code maxBytes} counts UTF-8. */
  public String requiredText(String name, int maxBytes) {
    String value = string(name);
    if (value == null) {
      throw ApiException.invalid(name, "is required");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw ApiException.invalid(name, "must be at most " + maxBytes + " bytes of UTF-8");
    }
    return value;
  }

  /** An id or name as {@link Names} allows. */
  public @Nullable String name(String... spellings) {
    String name = present(spellings);
    return name == null ? null : checkedName(name, String.valueOf(string(name)));
  }

  public String requiredName(String... spellings) {
    String value = name(spellings);
    if (value == null) {
      throw ApiException.invalid(spellings[0], "is required");
    }
    return value;
  }

  public List<String> names(String name, int max) {
    if (!has(name)) {
      return List.of();
    }
    String problem = "must be an array of strings";
    JsonNode array = node(name, JsonNodeType.ARRAY, problem);
    if (array.size() > max) {
      throw ApiException.invalid(name, "must hold at most " + max + " entries");
    }
    List<String> names = new ArrayList<>(array.size());
    for (JsonNode entry : array) {
      if (!entry.isTextual()) {
        throw ApiException.invalid(name, problem);
      }
      names.add(checkedName(name, entry.textValue()));
    }
    return names;
  }

  /** An array of anything; 413 above {@code max} entries. */
  JsonNode array(String name, int max) {
    JsonNode array = node(name, JsonNodeType.ARRAY, "must be an array");
    if (array.size() > max) {
      throw ApiException.tooLong(name, max);
    }
    return array;
  }

  /** Refuses fractions, {@code 3.0} too. */
  public @Nullable Long integer(String problem, long min, long max, String... spellings) {
    String name = present(spellings);
    if (name == null) {
      return null;
    }
    String raw = String.valueOf(raw(name));
    long value;
    if (PlainJson.isSmallInteger(raw)) {
      value = Long.parseLong(raw);
    } else {
      JsonNode node = node(name, JsonNodeType.NUMBER, problem);
      if (!node.isIntegralNumber() || !node.canConvertToLong()) {
        throw ApiException.invalid(name, problem);
      }
      value = node.longValue();
    }
    if (value < min || value > max) {
      throw ApiException.invalid(name, problem);
    }
    return value;
  }

  /** Reads epoch ms or ISO-8601 with an offset; returns epoch ms. */
  public @Nullable Long time(String name) {
    String problem = "must be epoch milliseconds or an ISO-8601 time with its offset";
    String raw = raw(name);
    if (raw == null || !raw.startsWith("\"")) {
      return integer(problem, 0, LAST_TIME_MS, name);
    }
    try {
      long time = OffsetDateTime.parse(String.valueOf(string(name))).toInstant().toEpochMilli();
      if (time >= 0 && time <= LAST_TIME_MS) {
        return time;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // answered below
    }
    throw ApiException.invalid(name, problem);
  }

  public @Nullable Boolean bool(String name) {
    return has(name)
        ? node(name, JsonNodeType.BOOLEAN, "must be true or false").booleanValue()
        : null;
  }

  public JsonBody requiredObject(String name) {
    if (!has(name)) {
      throw ApiException.invalid(name, "is required");
    }
    require(name, JsonNodeType.OBJECT, "must be an object");
    return parse(String.valueOf(raw(name)));
  }

  /** Other members could be misspelled filters. */
  public void requireOnly(String what, Collection<String> known) {
    if (!memberNames().stream().filter(this::has).allMatch(known::contains)) {
      throw ApiException.invalid(what, "may have only the members " + String.join(", ", known));
    }
  }

  public @Nullable Double number(String name, double min, double max, String problem) {
    if (!has(name)) {
      return null;
    }
    double value = node(name, JsonNodeType.NUMBER, problem).doubleValue();
    if (!(value >= min && value <= max)) {
      throw ApiException.invalid(name, problem);
    }
    return value;
  }

  /** Refuses numbers that do not fit a double, at any depth; most clients reject them. */
  public void requireFiniteNumbers(Collection<String> names) {
    for (String name : names) {
      String raw = raw(name);
      if (raw != null && !JsonText.isFinite(raw)) {
        throw ApiException.invalid(name, "holds a number beyond the range of a double");
      }
    }
  }

  public void require(String name, JsonNodeType type, String problem) {
    if (has(name)) {
      node(name, type, problem);
    }
  }

  public List<String> elements(String name, int min, int max) {
    return requireSize(name, JsonText.elements(requiredArray(name), max), min, max);
  }

  /**
   * The elements of the list of {@link #ofBulk}, read together with the body; empty for one that is
   * no object.
   */
  public List<Optional<JsonBody>> objects(String name, int min, int max) {
    requiredArray(name);
    return requireSize(name, objects, min, max);
  }

  private String requiredArray(String name) {
    String raw = raw(name);
    if (raw == null || !raw.startsWith("[")) {
      throw ApiException.invalid(name, "must be an array of objects");
    }
    return raw;
  }

  private static <E> List<E> requireSize(String name, List<E> elements, int min, int max) {
    if (elements.size() < min || elements.size() > max) {
      throw ApiException.invalid(name, "must hold " + min + " to " + max + " entries");
    }
    return elements;
  }

  private @Nullable String present(String... spellings) {
    for (String name : spellings) {
      if (has(name)) {
        return name;
      }
    }
    return null;
  }

  private JsonNode node(String name, JsonNodeType type, String problem) {
    try {
      JsonNode node = MAPPER.readTree(String.valueOf(raw(name)));
      if (node.getNodeType() != type) {
        throw ApiException.invalid(name, problem);
      }
      return node;
    } catch (JsonProcessingException e) {
      throw ApiException.invalid(name, problem); // such as a number of thousands of digits
    }
  }

  private static String wellFormed(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isHighSurrogate(value.charAt(i))
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(value.charAt(i))) {
        throw ApiException.invalid(name, "must be well-formed Unicode (lone surrogate)");
      }
    }
    return value;
  }

  static String checkedName(String field, String value) {
    String problem = Names.problem(value);
    if (problem != null) {
      throw ApiException.invalid(field, problem);
    }
    return value;
  }
}
