package dev.sluice.backend.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.work.Repositories;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param registeredBy id of the credential
 * @param hostname a label, not an identity
 * @param capacity from 1
 * @param draining true if it asked for no work
 * @param machineId see {@link Workers#register}
 * @param details a JSON object that is not interpreted
 * @param repositories listed {@link Repositories}; empty means all
 */
@RecordBuilder
public record Registration(
    String workerId,
    String registeredBy,
    Dialect dialect,
    String hostname,
    int capacity,
    Projects projects,
    List<String> capabilities,
    boolean draining,
    @Nullable String machineId,
    String details,
    List<String> repositories)
    implements RegistrationBuilder.With {

  public Registration {
    capabilities = List.copyOf(capabilities);
    repositories = List.copyOf(repositories);
  }

  /** Lists no repositories and has no machine. */
  public Registration(
      String workerId,
      String registeredBy,
      Dialect dialect,
      String hostname,
      int capacity,
      Projects projects,
      List<String> capabilities,
      boolean draining,
      String details) {
    this(
        workerId,
        registeredBy,
        dialect,
        hostname,
        capacity,
        projects,
        capabilities,
        draining,
        null,
        details,
        List.of());
  }

  /** What a worker lacks for some work, in the order of decision. */
  public enum Missing {
    PROJECT,
    CAPABILITY,
    REPOSITORY
  }

  /** Returns the first that it lacks for the work, null if it may get it: docs/rules.md, "Poll". */
  public @Nullable Missing missing(
      String project, List<String> requiredCapabilities, @Nullable String repository) {
    if (!projects.takes(project)) {
      return Missing.PROJECT;
    }
    if (!capabilities.containsAll(requiredCapabilities)) {
      return Missing.CAPABILITY;
    }
    return repository == null || Repositories.take(repositories, repository)
        ? null
        : Missing.REPOSITORY;
  }

  /** True if it lacks nothing for the work. */
  public boolean takes(
      String project, List<String> requiredCapabilities, @Nullable String repository) {
    return missing(project, requiredCapabilities, repository) == null;
  }
}
