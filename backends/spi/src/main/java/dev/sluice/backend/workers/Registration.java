package dev.sluice.backend.workers;

import dev.sluice.backend.work.NewWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that registers.
 *
 * @param workerId its new id
 * @param registeredBy id of the credential it registered with
 * @param dialect how it speaks
 * @param hostname a label, not an identity
 * @param capacity most sessions it runs at once, from 1
 * @param projects whose work it takes; empty means all
 * @param capabilities what it can do
 * @param draining whether it asked for no work
 * @param machineId the machine it runs on, or null. An earlier worker of the same machine and
 *     credential is retired, see {@link Workers#register}
 * @param details what else it said of itself, a JSON object that the store doesn't look into
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

  /** A worker that doesn't say which machine it runs on. */
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
   * Whose work it takes: the projects it named, each once, and that of no project in particular,
   * which is for all; empty where it named none, for it takes any.
   */
  public List<String> takes() {
    Set<String> takes = new LinkedHashSet<>(projects);
    if (!takes.isEmpty()) {
      takes.add(NewWork.ANY_PROJECT);
    }
    return List.copyOf(takes);
  }

  /** True if it takes work of a project. */
  public boolean takes(String project) {
    return takes(projects, project);
  }

  /** True if a worker that named these projects takes work of a project. */
  public static boolean takes(List<String> projects, String project) {
    return projects.isEmpty() || project.equals(NewWork.ANY_PROJECT) || projects.contains(project);
  }
}
