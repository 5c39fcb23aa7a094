package dev.sluice.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of slots that a fleet needs now, by the rules of a poll.
 *
 * @param asOfMs epoch ms
 * @param projects those with demand, by name
 * @param complete true if there are no more projects than were read
 */
public record Autoscale(long asOfMs, List<Project> projects, boolean complete) {

  public Autoscale {
    projects = List.copyOf(projects);
  }

  public long running() {
    return projects.stream().mapToLong(Project::running).sum();
  }

  public long starting() {
    return projects.stream().mapToLong(Project::starting).sum();
  }

  public long unmet() {
    return projects.stream().mapToLong(Project::unmet).sum();
  }

  public long desired() {
    return running() + starting() + unmet();
  }

  /**
   * @param running accepted claims, and those of sessions that are being stopped
   * @param starting claims not accepted yet
   * @param unmet slots more that would get work now
   */
  public record Project(
      String project, long running, long starting, long unmet, List<Group> groups) {

    public Project {
      groups = List.copyOf(groups);
    }

    public long desired() {
      return running + starting + unmet;
    }
  }

  /**
   * Work that needs the same.
   *
   * @param repository as in {@link dev.sluice.backend.queues.WorkBucket}
   * @param unmet for this group alone; a cap of the project is not shared out among its groups
   */
  public record Group(List<String> capabilities, @Nullable String repository, long unmet) {}
}
