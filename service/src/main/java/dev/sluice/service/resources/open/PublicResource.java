package dev.sluice.service.resources.open;

import dev.sluice.backend.Names;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.answers.PublicAnswers.Sessions;
import dev.sluice.service.api.answers.PublicStats;
import dev.sluice.service.api.answers.open.FleetStats;
import dev.sluice.service.api.answers.open.FleetStats.Provider;
import dev.sluice.service.api.answers.open.Machine;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.BoundCounts;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.PlacePages;
import dev.sluice.service.resources.PlacePages.Wanted;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures and lists of the public family. */
@Path("api/public")
@Produces(MediaType.APPLICATION_JSON)
public final class PublicResource {

  private final QueueBackend backend;
  private final BoundCounts counts;
  private final CountedSessions counted;
  private final WorkerSnapshots snapshots;
  private final PublicIds ids;
  private final SealedCursors cursors;
  private final Clock clock;

  public PublicResource(
      QueueBackend backend,
      WorkerSnapshots snapshots,
      PublicIds ids,
      SealedCursors cursors,
      Clock clock) {
    this.backend = backend;
    this.counts = new BoundCounts(backend);
    this.counted = new CountedSessions(backend.sessions());
    this.snapshots = snapshots;
    this.ids = ids;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  @Path("stats")
  public PublicStats stats(@Auth Caller caller) {
    caller.require(Scope.FLEET_READ);
    return stats(caller, workers(caller), counted.ended(caller), clock.instant());
  }

  @GET
  @Path("stats/v2")
  public FleetStats fleetStats(@Auth Caller caller) {
    caller.require(Scope.FLEET_READ);
    Instant now = clock.instant();
    List<Worker> workers = workers(caller);
    CountedSessions.Ended ended = counted.ended(caller);
    List<Session> today = new ArrayList<>(PublicStats.today(ended.sessions(), now));
    today.addAll(counted.claimed(caller));
    return new FleetStats(
        stats(caller, workers, ended, now), Machine.of(workers, now), Provider.of(today));
  }

  @GET
  @Path("machines")
  public List<Machine> machines(@Auth Caller caller) {
    caller.require(Scope.FLEET_READ);
    return Machine.of(workers(caller), clock.instant());
  }

  @GET
  @Path("sessions")
  public Sessions sessions(
      @Auth Caller caller,
      @QueryParam("project") @Nullable String project,
      @QueryParam("projectId") @Nullable String projectId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ).org();
    @Nullable String byName = filter("project", project);
    @Nullable String byId = filter("projectId", projectId);
    PlacePages.All page =
        new PlacePages(backend, org, Wanted.of(caller, byName == null ? byId : byName))
            .page(cursors.open(org, cursor), Paging.limit(limit));
    return Sessions.of(ids, page.sessions(), clock.instant(), cursors.seal(org, page.next()));
  }

  private PublicStats stats(
      Caller caller, List<Worker> workers, CountedSessions.Ended ended, Instant now) {
    return PublicStats.of(workers, counts.of(caller), ended.sessions(), ended.more(), now);
  }

  private List<Worker> workers(Caller caller) {
    return snapshots.of(caller.org()).stream().filter(caller::sees).toList();
  }

  private static @Nullable String filter(String name, @Nullable String project) {
    if (project == null || project.isEmpty()) {
      return null;
    }
    @Nullable String problem = Names.problem(project);
    if (problem != null) {
      throw ApiException.invalid(name, problem);
    }
    return project;
  }
}
