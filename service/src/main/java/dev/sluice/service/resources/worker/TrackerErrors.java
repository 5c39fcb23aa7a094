package dev.sluice.service.resources.worker;

import dev.sluice.service.api.answers.TrackerAnswer;
import dev.sluice.service.errors.ApiError;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Answers refused calls of an issue tracker in the shape that their client reads, except for those
 * that may be repeated.
 */
public final class TrackerErrors implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ApiError error
        && response.getStatus() < 500
        && response.getStatus() != 429
        && request.getUriInfo().getPath().equals(TrackerResource.PATH)) {
      response.setEntity(TrackerAnswer.refused(error.code().name(), error.message()));
    }
  }
}
