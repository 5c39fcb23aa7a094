package dev.sluice.backend.workers;

import dev.sluice.backend.work.NewWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registration of a worker.
 *
 * @param registeredBy id of the credential
 * @param hostname a label, not an identity
 * @param capacity most sessions at once, from 1
 * @param projects empty means all
 * @param draining true if it asked for no work
 * @param machineId the machine it runs on, or null; see {@link Workers#register}
 * @param details other data, a JSON object that is not interpreted
 */
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
    String details) {

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

  /**
   * Returns the projects it takes work of, including {@link NewWork#ANY_PROJECT}, each once; empty
   * means all.
   */
  public List<String> takes() {
    Set<String> takes = new LinkedHashSet<>(projects);
    if (!takes.isEmpty()) {
      takes.add(NewWork.ANY_PROJECT);
    }
    return List.copyOf(takes);
  }

  public boolean takes(String project) {
    return takes(projects, project);
  }

  /** True if a worker that named these projects takes work of a project. */
  public static boolean takes(List<String> projects, String project) {
    return projects.isEmpty() || project.equals(NewWork.ANY_PROJECT) || projects.contains(project);
  }
}
