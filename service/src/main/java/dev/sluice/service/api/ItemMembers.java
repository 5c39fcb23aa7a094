package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks the members of a work item that clients decode, protocol 5.1 and 5.2: a wrong type would
 * make a worker reject the whole poll answer with its claims. Like in Go, names ignore case.
 */
final class ItemMembers {

  private interface Check {
    void on(JsonBody object, String member);
  }

  private static final Check TEXT =
      (object, member) -> object.require(member, JsonNodeType.STRING, "must be a string");

  private static final Check OBJECT =
      (object, member) -> object.require(member, JsonNodeType.OBJECT, "must be an object");

  private static final Check COUNT =
      (object, member) ->
          object.integer("must be a whole number, not negative", 0, Long.MAX_VALUE, member);

  private static final Check TEXTS =
      (object, member) -> eachInside(object, member, (inner, name) -> TEXT.on(inner, name));

  private static final Check COUNTS =
      (object, member) ->
          eachInside(
              object,
              member,
              (inner, name) -> {
                if (name.equalsIgnoreCase("vCpu") || name.equalsIgnoreCase("memoryMb")) {
                  COUNT.on(inner, name);
                }
              });

  private static final SortedMap<String, Check> CHECKS = checks();

  private static final List<String> FILLED =
      List.of("sessionId", "issueId", "issueIdentifier", "priority", WorkItems.QUEUED_AT);

  private ItemMembers() {}

  static void check(JsonBody item) {
    refuseTwins(item, FILLED);
    item.requireFiniteNumbers(item.memberNames());
    for (String member : item.memberNames()) {
      Check check = CHECKS.get(member);
      if (check != null) {
        check.on(item, member);
      }
    }
  }

  private static SortedMap<String, Check> checks() {
    SortedMap<String, Check> checks = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String text :
        List.of(
            "prompt",
            "providerSessionId",
            "workType",
            "sourceSessionId",
            "projectName",
            "projectId",
            "repository",
            "model",
            "subAgentModel",
            "promptContext",
            "linearSessionId",
            "trackerSessionId")) {
      checks.put(text, TEXT);
    }
    checks.put("kits", OBJECT);
    checks.put("tenantEnvelope", OBJECT);
    checks.put("env", TEXTS);
    checks.put("resources", COUNTS);
    checks.put("maxDurationSeconds", COUNT);
    return checks;
  }

  private static void eachInside(JsonBody object, String member, Check check) {
    OBJECT.on(object, member);
    String raw = object.raw(member);
    if (raw != null) {
      JsonBody inner = JsonBody.parse(raw);
      for (String name : inner.memberNames()) {
        try {
          check.on(inner, name);
        } catch (ApiException e) {
          throw ApiException.invalid(member, "is wrong: " + e.getMessage());
        }
      }
    }
  }

  /**
   * Refuses two members that differ only by case: Go takes the last, so {@code SessionID} would
   * override {@code sessionId}.
   */
  static void refuseTwins(JsonBody item, List<String> own) {
    SortedMap<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    own.forEach(name -> seen.put(name, name));
    for (String name : item.memberNames()) {
      String twin = seen.putIfAbsent(name, name);
      if (twin != null && !twin.equals(name)) {
        throw ApiException.invalid(name, "differs from " + twin + " by case only");
      }
    }
  }
}
