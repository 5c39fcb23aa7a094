package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.service.errors.ApiException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a registration. */
public final class RegistrationBody {

  private static final int MAX_NAMES = ProjectAdmission.MAX_NAMES;
  static final int MAX_BYTES = 64 * 1024;

  private static final String CAPACITY = "must be a positive number";

  private static final String PROJECT_ID = "projectId";
  private static final String PROJECTS = "projects";
  private static final String PROJECT_IDS = "projectIds";

  private static final String[] CAPACITY_NAMES = {
    "capacity", "maxAgents", "max_agents", "maxSessions"
  };

  private static final List<String> DETAILS =
      List.of(
          "version",
          "machineId",
          "region",
          "pid",
          "hostInfo",
          "provides",
          "capabilities_typed",
          ProjectAdmission.DAEMON_PROJECTS,
          "projectAdmissionVersion",
          "projectAdmissionMode");

  /** May list {@link ClaimAttempt#CONTRACT}. */
  private static final List<String> CONTRACTS =
      List.of("claimAttemptContracts", "nackContracts", "supportedContracts");

  private static final List<String> GO_DAEMON =
      List.of(ProjectAdmission.DAEMON_PROJECTS, "hostInfo", "projectAdmissionVersion");
  private static final List<String> SNAKE_CASE = List.of("max_agents", "pid", "capabilities_typed");

  private RegistrationBody() {}

  /** Refuses a foreign project with 403. */
  public static Registration read(
      JsonBody body, String workerId, Credential credential, @Nullable String userAgent) {
    String hostname = body.requiredName("hostname");
    Long capacity = body.integer(CAPACITY, 1, 100_000, CAPACITY_NAMES);
    List<String> capabilities = capabilities(body);
    body.requireFiniteNumbers(DETAILS);
    body.require("version", JsonNodeType.STRING, "must be a string");
    body.require("region", JsonNodeType.STRING, "must be a string");
    List<String> repositories = ProjectAdmission.repositoriesOfRegistration(body);
    Registration registration =
        new Registration(
            workerId,
            credential.id(),
            dialect(body, userAgent),
            hostname,
            capacity == null ? 1 : capacity.intValue(),
            projects(body, credential),
            capabilities,
            HeartbeatBody.drains(body.string("status")),
            machine(body),
            details(body),
            List.of());
    if (StoredBytes.of(registration) > MAX_BYTES) {
      throw ApiException.tooLarge("registration", MAX_BYTES);
    }
    return registration.withRepositories(repositories);
  }

  /**
   * {@code projects} limits those of its workers; {@code onboards} is true for a person's
   * credential, which must name a project.
   */
  public record Credential(String id, Projects projects, boolean onboards) {}

  /** A contract that changes polls counts as one, and so does a level that its machine attests. */
  private static List<String> capabilities(JsonBody body) {
    Set<String> capabilities = new LinkedHashSet<>(body.names("capabilities", MAX_NAMES));
    capabilities.removeIf(SecurityLevels::isLevel);
    capabilities.addAll(AttestedLevels.capabilities(AttestedLevels.of(body)));
    if (CONTRACTS.stream().anyMatch(member -> lists(body, member, ClaimAttempt.CONTRACT))) {
      capabilities.add(ClaimAttempt.CONTRACT);
    }
    return List.copyOf(capabilities);
  }

  private static boolean lists(JsonBody body, String member, String contract) {
    try {
      return body.names(member, MAX_NAMES).contains(contract);
    } catch (ApiException unknownShape) {
      return false;
    }
  }

  private static Projects projects(JsonBody body, Credential credential) {
    Set<String> projects = new LinkedHashSet<>();
    if (credential.onboards()) {
      projects.add(body.requiredName(PROJECT_ID));
    }
    projects.addAll(body.names(PROJECTS, MAX_NAMES));
    projects.addAll(body.names(PROJECT_IDS, MAX_NAMES));
    if (ProjectAdmission.admitsAll(body) && !credential.onboards()) {
      projects.clear();
    } else if (projects.isEmpty() && ProjectAdmission.enumerates(body) && !body.has(PROJECT_ID)) {
      return Projects.NONE;
    }
    return allowed(projects, credential.projects());
  }

  /** An empty value counts as absent. */
  private static @Nullable String machine(JsonBody body) {
    String machine = body.string("machineId");
    return machine == null || machine.isEmpty() ? null : body.requiredName("machineId");
  }

  /** Refuses a body that names no capacity. */
  public static void requireCapacity(JsonBody body) {
    if (Arrays.stream(CAPACITY_NAMES).noneMatch(body::has)) {
      throw ApiException.invalid("maxAgents", "is required");
    }
  }

  private static Projects allowed(Set<String> asked, Projects allowed) {
    for (String project : asked) {
      if (!allowed.all() && !allowed.names().contains(project)) {
        throw ApiException.forbidden("This key may not register workers for project " + project);
      }
    }
    return asked.isEmpty() ? allowed : Projects.of(List.copyOf(asked));
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
    Map<String, String> attested = AttestedLevels.of(body);
    if (!attested.isEmpty()) {
      known.put(AttestedLevels.MEMBER, AttestedLevels.json(attested));
    }
    return known.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
