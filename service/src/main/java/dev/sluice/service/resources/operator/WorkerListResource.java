package dev.sluice.service.resources.operator;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import dev.sluice.control.Removal;
import dev.sluice.service.api.Flag;
import dev.sluice.service.api.answers.WorkerAnswers.Info;
import dev.sluice.service.api.answers.WorkerAnswers.Summary;
import dev.sluice.service.api.answers.WorkerAnswers.WorkerList;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.resources.BoundCounts;
import dev.sluice.service.resources.Paging;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The list of all workers. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkerListResource {

  private final Workers workers;
  private final BoundCounts counts;
  private final WorkerSnapshots snapshots;
  private final SealedCursors cursors;
  private final Clock clock;

  public WorkerListResource(
      Workers workers,
      BoundCounts counts,
      WorkerSnapshots snapshots,
      SealedCursors cursors,
      Clock clock) {
    this.workers = workers;
    this.counts = counts;
    this.snapshots = snapshots;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  public WorkerList list(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("removable") @Nullable String removable) {
    @Nullable String credential = caller.listing(Scope.FLEET_READ);
    Predicate<Worker> theirs =
        worker ->
            credential == null
                ? caller.sees(worker)
                : worker.registration().registeredBy().equals(credential);
    boolean asked = removable != null;
    boolean free = Flag.of("removable", removable, false);
    int most = Paging.limit(limit);
    Cursor at = Paging.cursor(cursors.open(caller.org(), cursor));
    Page<Worker> page = workers.list(caller.org(), at, most);
    Instant now = clock.instant();
    return new WorkerList(
        page.items().stream()
            .filter(theirs)
            .filter(worker -> !asked || (obstacle(worker, now) == null) == free)
            .map(worker -> Info.of(worker, now, asked ? obstacle(worker, now) : null))
            .toList(),
        Summary.of(
            snapshots.of(caller.org()).stream().filter(theirs).toList(),
            counts.of(caller).waiting(),
            now),
        cursors.seal(caller.org(), Paging.text(page.next())));
  }

  private static @Nullable String obstacle(Worker worker, Instant now) {
    return Removal.obstacle(worker, now.toEpochMilli());
  }
}
