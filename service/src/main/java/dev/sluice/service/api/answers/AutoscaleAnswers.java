package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.fleet.Autoscale;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures for autoscalers. */
public final class AutoscaleAnswers {

  private static final int MOST_PROJECTS = 1_000;
  private static final int MOST_GROUPS = 100;

  private AutoscaleAnswers() {}

  /**
   * @param asOf epoch ms
   * @param desired the sum of the next three
   * @param complete true if all projects were read, and those with demand are listed
   */
  public record Demand(
      long asOf,
      long desired,
      long running,
      long starting,
      long unmet,
      List<ProjectDemand> projects,
      boolean complete) {

    public static Demand of(Autoscale figures) {
      List<ProjectDemand> listed =
          figures.projects().stream()
              .sorted(
                  Comparator.comparingLong(Autoscale.Project::desired)
                      .reversed()
                      .thenComparing(Autoscale.Project::project))
              .limit(MOST_PROJECTS)
              .map(ProjectDemand::of)
              .toList();
      return new Demand(
          figures.asOfMs(),
          figures.desired(),
          figures.running(),
          figures.starting(),
          figures.unmet(),
          listed,
          figures.complete() && listed.size() == figures.projects().size());
    }
  }

  public record ProjectDemand(
      String project,
      long desired,
      long running,
      long starting,
      long unmet,
      List<GroupDemand> groups) {

    static ProjectDemand of(Autoscale.Project project) {
      return new ProjectDemand(
          project.project(),
          project.desired(),
          project.running(),
          project.starting(),
          project.unmet(),
          project.groups().stream()
              .sorted(Comparator.comparingLong(Autoscale.Group::unmet).reversed())
              .limit(MOST_GROUPS)
              .map(GroupDemand::of)
              .toList());
    }
  }

  /**
   * @param repository {@code *} for those that aren't listed one by one; absent for none
   * @param unmet of this group alone
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record GroupDemand(List<String> capabilities, @Nullable String repository, long unmet) {

    static GroupDemand of(Autoscale.Group group) {
      return new GroupDemand(
          group.capabilities(), WorkBucket.shown(group.repository()), group.unmet());
    }
  }
}
