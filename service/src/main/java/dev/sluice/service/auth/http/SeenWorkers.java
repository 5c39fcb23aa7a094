package dev.sluice.service.auth.http;

import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.api.answers.OwnershipAnswers.Refreshed;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.auth.WorkerStandings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

public final class SeenWorkers implements ContainerResponseFilter {

  private final WorkerStandings standings;

  public SeenWorkers(WorkerStandings standings) {
    this.standings = standings;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getSecurityContext() != null) {
      answered(
          response.getStatus(),
          response.getEntity(),
          request.getSecurityContext().getUserPrincipal());
    }
  }

  void answered(int status, @Nullable Object answer, @Nullable Principal caller) {
    if (status == 200
        && !(answer instanceof Refreshed) // which a worker that is gone gets, too
        && caller instanceof WorkerCaller worker) {
      WorkerRef self = worker.caller().self();
      if (self != null) {
        standings.seen(self);
      }
    }
  }
}
