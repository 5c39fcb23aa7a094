package dev.sluice.service.errors;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;

/** For calls of the protocol that this version does not serve. */
public final class NotServed implements ContainerResponseFilter {

  private static final Pattern PATHS =
      Pattern.compile(
          "api/sessions/[^/]+/(recovery-(packet|packets|chain)"
              + "|files/(reserve|release|release-all|check-conflicts))"
              + "|api/daemon/(mutations|credentials)(/.+)?"
              + "|api/public/(phase|routing)-metrics"
              + "|api/(mcp|cli)/.+");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean unmatched = response.getStatus() == 404 || response.getStatus() == 405;
    if (unmatched && PATHS.matcher(request.getUriInfo().getPath()).matches()) {
      String call = request.getMethod() + " /" + request.getUriInfo().getPath();
      response.setStatus(501);
      response.getHeaders().remove(HttpHeaders.ALLOW);
      response.setEntity(
          ApiError.of(call + " is not served by this version of Sluice"),
          new Annotation[0],
          MediaType.APPLICATION_JSON_TYPE);
    }
  }
}
