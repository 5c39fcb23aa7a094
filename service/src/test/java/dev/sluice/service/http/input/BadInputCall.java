package dev.sluice.service.http.input;

import dev.sluice.service.http.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A repeatable call with a body. */
public abstract class BadInputCall {

  /** Below what the server keeps of a worker or an activity. */
  private static final int GROUP_CHARACTERS = 30_000;

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

  abstract String path();

  abstract String bearer();

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

  /** The fields that take a value, in groups of one body each. */
  List<List<BadInputField>> takers(BadInputValue value) {
    List<List<BadInputField>> groups = new ArrayList<>();
    for (BadInputField field : fields()) {
      if (field.expected(value) == 200) {
        groups.stream()
            .filter(group -> (group.size() + 1) * value.json().length() <= GROUP_CHARACTERS)
            .filter(group -> group.stream().allMatch(field::isReadBeside))
            .findFirst()
            .ifPresentOrElse(
                group -> group.add(field), () -> groups.add(new ArrayList<>(List.of(field))));
      }
    }
    return groups;
  }

  /** The valid body with a value in each of these fields; an empty value leaves them out. */
  String body(List<BadInputField> fields, String json) {
    Map<String, String> members = new LinkedHashMap<>(valid());
    for (BadInputField field : fields) {
      members.keySet().removeAll(field.instead());
      members.remove(field.name());
      if (!json.isEmpty()) {
        members.put(field.name(), json);
      }
    }
    return json(members);
  }

  public static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
