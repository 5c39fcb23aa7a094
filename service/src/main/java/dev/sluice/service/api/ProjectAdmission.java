package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.errors.ApiException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The projects and repositories that a Go daemon admits: docs/protocol.md, "Register". */
public final class ProjectAdmission {

  static final int MAX_NAMES = 1_000;

  static final String DAEMON_PROJECTS = "daemonProjects";

  private static final String ALLOWLIST = "allowlist";
  private static final String ENABLED = "enabledProjectIds";
  private static final String MODE = "projectAdmissionMode";

  private ProjectAdmission() {}

  /** True if a registration names all its projects, so that none means no work. */
  static boolean enumerates(JsonBody body) {
    return counts(body) && !routesAll(body);
  }

  /** True if a registration takes all work. */
  static boolean admitsAll(JsonBody body) {
    return counts(body) && routesAll(body);
  }

  private static boolean counts(JsonBody body) {
    return "2".equals(body.raw("projectAdmissionVersion"));
  }

  /** Returns the projects as of a heartbeat; null if not given. */
  static @Nullable Projects ofHeartbeat(JsonBody body) {
    List<String> enabled = body.names(ENABLED, MAX_NAMES).stream().distinct().toList();
    requireFewBytes(ENABLED, enabled);
    if (!isIn(body)) {
      return null;
    }
    return routesAll(body) ? Projects.ALL : Projects.only(enabled);
  }

  /** True if a heartbeat has it. */
  static boolean isIn(JsonBody body) {
    return body.string(MODE) != null;
  }

  /**
   * Returns the projects that a credential allows of these.
   *
   * @param allowed by the credential; empty means all
   */
  public static Projects within(Projects projects, List<String> allowed) {
    if (allowed.isEmpty()) {
      return projects;
    }
    return Projects.only(
        projects.all() ? allowed : projects.names().stream().filter(allowed::contains).toList());
  }

  /** Returns {@link Repositories}; none for all. */
  static List<String> repositoriesOfRegistration(JsonBody body) {
    return body.has(DAEMON_PROJECTS) ? repositories(body, DAEMON_PROJECTS) : List.of();
  }

  /** Returns null if not given. Go daemons omit an empty list beside their projects. */
  static @Nullable List<String> repositoriesOfHeartbeat(JsonBody body) {
    if (body.has(ALLOWLIST)) {
      return repositories(body, ALLOWLIST);
    }
    return isIn(body) ? List.of() : null;
  }

  private static List<String> repositories(JsonBody body, String name) {
    Set<String> listed = new LinkedHashSet<>();
    for (JsonNode entry : body.array(name, MAX_NAMES)) {
      String repository = text(name, entry, "repository");
      String id = text(name, entry, "id");
      String named = Repositories.of(repository);
      if (named != null) {
        listed.add(named);
        Stream.ofNullable(Repositories.ofProject(id)).forEach(listed::add);
      }
    }
    requireFewBytes(name, listed);
    return List.copyOf(listed);
  }

  private static String text(String name, JsonNode entry, String member) {
    JsonNode value = entry.path(member);
    if (!entry.isObject() || !(value.isTextual() || value.isNull() || value.isMissingNode())) {
      throw ApiException.invalid(
          name, "must be an array of objects whose id and repository are strings");
    }
    return value.asText("");
  }

  private static void requireFewBytes(String name, Collection<String> values) {
    if (String.join("", values).getBytes(UTF_8).length > RegistrationBody.MAX_BYTES) {
      throw ApiException.tooLarge(name, RegistrationBody.MAX_BYTES);
    }
  }

  private static boolean routesAll(JsonBody body) {
    return "\"all-routed\"".equals(body.raw(MODE));
  }
}
