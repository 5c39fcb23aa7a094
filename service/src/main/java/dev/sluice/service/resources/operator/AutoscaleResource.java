package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.work.Repositories;
import dev.sluice.fleet.Autoscaler;
import dev.sluice.fleet.WorkerPool;
import dev.sluice.service.api.answers.AutoscaleAnswers.Demand;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures for autoscalers. */
@Path("api/autoscale")
@Produces(MediaType.APPLICATION_JSON)
public final class AutoscaleResource {

  private static final String PROJECT = "project";

  private final Autoscaler figures;

  public AutoscaleResource(Autoscaler figures) {
    this.figures = figures;
  }

  /** Counts for one project, or for all that the caller sees. */
  @GET
  public Demand get(
      @Auth Caller caller,
      @QueryParam(PROJECT) @Nullable String project,
      @QueryParam("capabilities") @Nullable String capabilities,
      @QueryParam("repository") @Nullable String repository) {
    String org = caller.require(Scope.FLEET_READ).org();
    WorkerPool pool = new WorkerPool(capabilities(capabilities), repository(repository));
    return Demand.of(figures.of(org, projects(caller, project), pool));
  }

  private static @Nullable List<String> projects(Caller caller, @Nullable String project) {
    if (project != null && !project.isEmpty()) {
      caller.requireProject(PathIds.check(PROJECT, project));
      return List.of(project);
    }
    return caller.bound() ? caller.projects().names() : null;
  }

  private static @Nullable Set<String> capabilities(@Nullable String names) {
    return names == null
        ? null
        : Stream.of(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable String repository(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    String repository = Repositories.of(name);
    if (repository == null) {
      throw ApiException.invalid("repository", "must name a repository");
    }
    return repository;
  }
}
