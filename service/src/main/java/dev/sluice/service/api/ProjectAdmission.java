package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.workers.Registration;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The projects that a Go daemon admits: docs/protocol.md, "Register". */
public final class ProjectAdmission {

  static final int MAX_NAMES = 1_000;

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

  /** Returns the projects as of a heartbeat, as {@link Registration#projects}; null for no word. */
  static @Nullable List<String> ofHeartbeat(JsonBody body) {
    List<String> enabled = body.names(ENABLED, MAX_NAMES).stream().distinct().toList();
    if (String.join("", enabled).getBytes(UTF_8).length > RegistrationBody.MAX_BYTES) {
      throw ApiException.tooLarge(ENABLED, RegistrationBody.MAX_BYTES);
    }
    if (body.string(MODE) == null) {
      return null;
    } else if (routesAll(body)) {
      return List.of();
    }
    return enabled.isEmpty() ? Registration.NO_PROJECTS : enabled;
  }

  /**
   * Returns the projects that a credential allows of these.
   *
   * @param allowed by the credential; empty means all
   */
  public static List<String> within(List<String> projects, List<String> allowed) {
    if (allowed.isEmpty() || projects.equals(Registration.NO_PROJECTS)) {
      return projects;
    } else if (projects.isEmpty()) {
      return allowed;
    }
    List<String> both = projects.stream().filter(allowed::contains).toList();
    return both.isEmpty() ? Registration.NO_PROJECTS : both;
  }

  private static boolean routesAll(JsonBody body) {
    return "\"all-routed\"".equals(body.raw(MODE));
  }
}
