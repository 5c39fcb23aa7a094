package dev.sluice.service.http.input;

import dev.sluice.service.http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A repeatable call with a body. */
public abstract class BadInputCall {

  private final String name;
  private final int success;

  /**
   * @param name for reports: method and path
   * @param success the status if accepted
   */
  BadInputCall(String name, int success) {
    this.name = name;
    this.success = success;
  }

  String name() {
    return name;
  }

  String method() {
    return name.substring(0, name.indexOf(' '));
  }

  int success() {
    return success;
  }

  /** The path of the next call. */
  abstract String path();

  abstract String bearer();

  /** An accepted body: member to JSON. */
  abstract Map<String, String> valid();

  abstract List<BadInputField> fields();

  /** Names that an error may give instead of the field's own. */
  Set<String> otherNames() {
    return Set.of();
  }

  boolean optionalBody() {
    return false;
  }

  /** Larger bodies are refused. */
  int mostBytes() {
    return 2 * 1024 * 1024;
  }

  /** The JSON in which accepted values come back; the call can be repeated afterwards. */
  abstract String kept(Answer answer);

  /** The valid body with a changed field; an empty value leaves it out. */
  String body(BadInputField field, String json) {
    Map<String, String> members = new LinkedHashMap<>(valid());
    members.keySet().removeAll(field.instead());
    members.remove(field.name());
    if (!json.isEmpty()) {
      members.put(field.name(), json);
    }
    return json(members);
  }

  public static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
