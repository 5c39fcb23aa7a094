package dev.sluice.service.errors;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Names calls of known clients that this version does not serve. They stay 404: clients repeat a
 * call that fails with 5xx.
 */
public final class NotServed implements ContainerResponseFilter {

  private static final Pattern PATHS =
      Pattern.compile(
          "api/sessions/[^/]+/(recovery-(packet|packets|chain)"
              + "|files/(reserve|release|release-all|check-conflicts))"
              + "|api/daemon/(mutations|credentials)(/.+)?"
              + "|api/daemon/traces"
              + "|api/daemon/sessions/[^/]+/execution-(events|preflight-registration)"
              + "|api/public/(phase-metrics|routing-metrics|workarea-pool|sandbox-providers"
              + "|audit-chain)"
              + "|api/public/sessions/[^/]+/(kit-detections|kit-contributions|audit-chain)"
              + "|api/(agents|mcp|cli)(/.+)?");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 404
        && request.getUriInfo() instanceof ExtendedUriInfo uri
        && uri.getMatchedResourceMethod() == null
        && PATHS.matcher(uri.getPath()).matches()) {
      String call = request.getMethod() + " /" + uri.getPath();
      response.setEntity(
          ApiError.of(ErrorCode.NOT_SERVED, call + " is not served by this version of Sluice"),
          new Annotation[0],
          MediaType.APPLICATION_JSON_TYPE);
    }
  }
}
