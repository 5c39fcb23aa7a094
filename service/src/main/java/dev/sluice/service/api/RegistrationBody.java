package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Registration;
import dev.sluice.service.errors.ApiException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a worker says at its registration, protocol 3.1, and learns its dialect from it. */
public final class RegistrationBody {

  private static final int MAX_NAMES = 1_000;
  private static final int MAX_DETAILS = 64 * 1024;

  private static final String CAPACITY = "must be a positive number";

  private static final String[] CAPACITY_NAMES = {
    "capacity", "maxAgents", "max_agents", "maxSessions"
  };

  /** What is kept for people and for later, as it came. */
  private static final List<String> DETAILS =
      List.of(
          "version",
          "machineId",
          "region",
          "pid",
          "hostInfo",
          "provides",
          "capabilities_typed",
          "daemonProjects",
          "projectAdmissionVersion",
          "projectAdmissionMode");

  private static final List<String> GO_DAEMON =
      List.of("daemonProjects", "hostInfo", "projectAdmissionVersion");
  private static final List<String> SNAKE_CASE = List.of("max_agents", "pid", "capabilities_typed");

  private RegistrationBody() {}

  /**
   * Reads a registration.
   *
   * @param userAgent the caller's, or null
   * @param allowedProjects the only projects its credential may register for; empty means all
   * @throws ApiException 400 that names the field, 403 for a project that isn't allowed
   */
  public static Registration read(
      JsonBody body,
      String workerId,
      String registeredBy,
      @Nullable String userAgent,
      List<String> allowedProjects) {
    String hostname = body.requiredName("hostname");
    Long capacity = body.integer(CAPACITY, 1, 100_000, CAPACITY_NAMES);
    Set<String> projects = new LinkedHashSet<>(body.names("projects", MAX_NAMES));
    projects.addAll(body.names("projectIds", MAX_NAMES));
    List<String> capabilities = body.names("capabilities", MAX_NAMES).stream().distinct().toList();
    body.requireFiniteNumbers(DETAILS);
    body.require("version", JsonNodeType.STRING, "must be a string");
    body.require("machineId", JsonNodeType.STRING, "must be a string");
    body.require("region", JsonNodeType.STRING, "must be a string");
    return new Registration(
        workerId,
        registeredBy,
        dialect(body, userAgent),
        hostname,
        capacity == null ? 1 : capacity.intValue(),
        List.copyOf(allowed(projects, allowedProjects)),
        capabilities,
        "draining".equals(body.string("status")),
        details(body));
  }

  /**
   * Insists that a capacity is named, protocol 3.2.
   *
   * @throws ApiException 400
   */
  public static void requireCapacity(JsonBody body) {
    if (Arrays.stream(CAPACITY_NAMES).noneMatch(body::has)) {
      throw ApiException.invalid("maxAgents", "is required");
    }
  }

  private static Set<String> allowed(Set<String> asked, List<String> allowed) {
    if (allowed.isEmpty()) {
      return asked;
    }
    for (String project : asked) {
      if (!allowed.contains(project)) {
        throw ApiException.forbidden("This key may not register workers for project " + project);
      }
    }
    return asked.isEmpty() ? new LinkedHashSet<>(allowed) : asked;
  }

  private static Dialect dialect(JsonBody body, @Nullable String userAgent) {
    if (GO_DAEMON.stream().anyMatch(body::has)
        || (userAgent != null && userAgent.startsWith("rensei-daemon/"))) {
      return Dialect.GO_DAEMON;
    }
    return SNAKE_CASE.stream().anyMatch(body::has) ? Dialect.SNAKE_CASE : Dialect.STANDARD;
  }

  private static String details(JsonBody body) {
    Map<String, String> known = body.raw(DETAILS);
    String details =
        known.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    if (details.length() > MAX_DETAILS) {
      throw ApiException.tooLarge("registration", MAX_DETAILS);
    }
    return details;
  }
}
