package dev.sluice.backend.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Repositories;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param registeredBy id of the credential
 * @param hostname a label, not an identity
 * @param capacity from 1
 * @param projects empty means all; {@link #NO_PROJECTS} for a worker that takes no work
 * @param capabilities with the repositories that it lists ({@link Repositories}), if any
 * @param draining true if it asked for no work
 * @param machineId see {@link Workers#register}
 * @param details a JSON object that is not interpreted
 */
@RecordBuilder
public record Registration(
    String workerId,
    String registeredBy,
    Dialect dialect,
    String hostname,
    int capacity,
    List<String> projects,
    List<String> capabilities,
    boolean draining,
    @Nullable String machineId,
    String details)
    implements RegistrationBuilder.With {

  /** Projects of a worker that takes no work. No project has this name. */
  public static final List<String> NO_PROJECTS = List.of("\u007f");

  public Registration {
    projects = List.copyOf(projects);
    capabilities = List.copyOf(capabilities);
  }

  public Registration(
      String workerId,
      String registeredBy,
      Dialect dialect,
      String hostname,
      int capacity,
      List<String> projects,
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
        details);
  }

  /** Projects including {@link NewWork#ANY_PROJECT}, each once; empty means all. */
  public List<String> takes() {
    return taking(projects);
  }

  public static List<String> taking(List<String> projects) {
    Set<String> takes = new LinkedHashSet<>(projects);
    if (!takes.isEmpty() && !projects.equals(NO_PROJECTS)) {
      takes.add(NewWork.ANY_PROJECT);
    }
    return List.copyOf(takes);
  }

  public boolean takes(String project) {
    return takes(projects, project);
  }

  /** True if it takes the project, has the capabilities, and lists the repository, if any. */
  public boolean takes(String project, List<String> requiredCapabilities) {
    String repository = Repositories.named(requiredCapabilities);
    return takes(project)
        && capabilities.containsAll(Repositories.none(requiredCapabilities))
        && (repository == null || Repositories.take(repositories(), repository));
  }

  public boolean takesNothing() {
    return projects.equals(NO_PROJECTS);
  }

  /** Projects to show: none also for a worker that takes no work. */
  public List<String> namedProjects() {
    return takesNothing() ? List.of() : projects;
  }

  public Registration listing(List<String> repositories) {
    return withCapabilities(Repositories.replaced(capabilities, repositories));
  }

  public List<String> namedCapabilities() {
    return Repositories.none(capabilities);
  }

  /** Listed {@link Repositories}; empty means all. */
  public List<String> repositories() {
    return Repositories.among(capabilities);
  }

  public static boolean takes(List<String> projects, String project) {
    return projects.isEmpty()
        || projects.contains(project)
        || (project.equals(NewWork.ANY_PROJECT) && !projects.equals(NO_PROJECTS));
  }

  /** True if a worker of these projects takes work that one of the others doesn't. */
  public static boolean takesMore(List<String> projects, List<String> others) {
    return !others.isEmpty()
        && !projects.equals(NO_PROJECTS)
        && (projects.isEmpty()
            || others.equals(NO_PROJECTS)
            || !new HashSet<>(others).containsAll(projects));
  }
}
