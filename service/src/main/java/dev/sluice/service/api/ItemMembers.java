package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The members of a work item that clients decode, protocol 5.1 and 5.2. One of another type than
 * they expect costs a worker the whole answer of its poll, with every claim in it; so it is refused
 * from its producer. What they take as it comes isn't looked at.
 */
final class ItemMembers {

  private static final List<String> TEXTS =
      List.of(
          "prompt",
          "providerSessionId",
          "workType",
          "sourceSessionId",
          "repository",
          "model",
          "subAgentModel",
          "promptContext",
          "linearSessionId",
          "trackerSessionId");

  private static final String ENV = "env";
  private static final String RESOURCES = "resources";
  private static final String DURATION = "maxDurationSeconds";

  private static final List<String> OBJECTS = List.of("kits", "tenantEnvelope", ENV, RESOURCES);

  /** Those that {@link WorkItems} reads itself. */
  private static final List<String> READ =
      List.of(
          "sessionId",
          "issueId",
          "issueIdentifier",
          "priority",
          WorkItems.QUEUED_AT,
          "projectName",
          "projectId",
          "requiredCapabilities",
          DURATION);

  private ItemMembers() {}

  /**
   * Insists on the types.
   *
   * @throws ApiException 400 that names the member
   */
  static void check(JsonBody item) {
    refuseTwins(item);
    item.requireFiniteNumbers();
    TEXTS.forEach(name -> item.require(name, JsonNodeType.STRING, "must be a string"));
    OBJECTS.forEach(name -> item.require(name, JsonNodeType.OBJECT, "must be an object"));
    item.integer("must be a whole number, not negative", 0, Long.MAX_VALUE, DURATION);
    String env = item.raw(ENV);
    if (env != null) {
      JsonBody variables = JsonBody.parse(env);
      for (String name : variables.memberNames()) {
        inside(ENV, () -> variables.require(name, JsonNodeType.STRING, "must be a string"));
      }
    }
    String resources = item.raw(RESOURCES);
    if (resources != null) {
      JsonBody amounts = JsonBody.parse(resources);
      for (String name : List.of("vCpu", "memoryMb")) {
        inside(
            RESOURCES,
            () -> amounts.integer("must be a whole number, not negative", 0, Long.MAX_VALUE, name));
      }
    }
  }

  /** Names the member of the item, too, when one inside it is wrong. */
  private static void inside(String member, Runnable check) {
    try {
      check.run();
    } catch (ApiException e) {
      throw ApiException.invalid(member, "is wrong: " + e.getMessage());
    }
  }

  /**
   * Some clients read a member whatever the case of its name, and take the last: {@code SessionID}
   * behind {@code sessionId} would give them another session's id.
   */
  private static void refuseTwins(JsonBody item) {
    SortedMap<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Stream.of(TEXTS, OBJECTS, READ).flatMap(List::stream).forEach(name -> seen.put(name, name));
    for (String name : item.memberNames()) {
      String twin = seen.putIfAbsent(name, name);
      if (twin != null && !twin.equals(name)) {
        throw ApiException.invalid(name, "differs from " + twin + " by case only");
      }
    }
  }
}
