package dev.sluice.service.api.answers.open;

import dev.sluice.service.auth.Caller;
import java.util.List;

/** The caller, its org and projects. Members without a meaning here are empty. */
public record WhoAmI(Org org, List<Project> projects, List<String> scopes) {

  public static WhoAmI of(Caller caller, List<String> projects) {
    boolean only = caller.onlyProject() != null;
    return new WhoAmI(
        new Org(caller.org(), caller.org(), caller.org(), ""),
        projects.stream().map(name -> new Project(name, name, name, only, "", "", "")).toList(),
        caller.scopeNames());
  }

  public record Org(String id, String name, String slug, String plan) {}

  /**
   * @param isDefault true for the only project of a key
   */
  public record Project(
      String id,
      String name,
      String slug,
      boolean isDefault,
      String sandboxProvider,
      String teamSlug,
      String teamName) {}
}
