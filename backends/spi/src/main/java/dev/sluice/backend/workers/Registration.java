package dev.sluice.backend.workers;

import dev.sluice.backend.work.NewWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param registeredBy id of the credential
 * @param hostname a label, not an identity
 * @param capacity from 1
 * @param projects empty means all
 * @param draining true if it asked for no work
 * @param machineId see {@link Workers#register}
 * @param details a JSON object that is not interpreted
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

  /** Projects including {@link NewWork#ANY_PROJECT}, each once; empty means all. */
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

  /** True if a worker of these projects takes a project's work. */
  public static boolean takes(List<String> projects, String project) {
    return projects.isEmpty() || project.equals(NewWork.ANY_PROJECT) || projects.contains(project);
  }
}
