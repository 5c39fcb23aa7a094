package dev.sluice.service.api.items;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Names;
import dev.sluice.backend.OrgIds;
import dev.sluice.backend.sessions.Remedy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A setting says this about the failed runs of a project: docs/rules.md, "Failed runs".
 *
 * @param causes a cause to what follows
 */
public record RetryEntry(String org, String project, Map<String, Remedy> causes) {

  /** A project of an org. */
  public record Place(String org, String project) {}

  public RetryEntry {
    causes = Map.copyOf(causes);
  }

  /**
   * @param causes a cause to {@link Remedy#wire}
   */
  @JsonCreator
  static RetryEntry read(
      @JsonProperty("org") @Nullable String org,
      @JsonProperty("project") @Nullable String project,
      @JsonProperty("causes") @Nullable Map<String, String> causes) {
    if (org == null || project == null || causes == null) { // as Jackson passes an absent key
      throw wrong("org, project and causes must be there");
    }
    refuse("org", OrgIds.problem(org));
    refuse("project", Names.problem(project));
    Map<String, Remedy> remedies = new HashMap<>();
    causes.forEach(
        (cause, remedy) -> {
          refuse(cause + " of " + project, Retry.problem(cause, remedy));
          Remedy.ofWire(remedy).ifPresent(known -> remedies.put(cause, known));
        });
    return new RetryEntry(org, project, remedies);
  }

  private static void refuse(String part, @Nullable String problem) {
    if (problem != null) {
      throw wrong(part + " " + problem);
    }
  }

  private static IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException("retry: " + problem);
  }

  public Place place() {
    return new Place(org, project);
  }
}
