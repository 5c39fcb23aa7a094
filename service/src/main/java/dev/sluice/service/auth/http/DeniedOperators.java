package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CrossSite;
import dev.sluice.service.control.AuditLog;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Writes an audit line for a change that an operator lacks the role for. */
public final class DeniedOperators implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 403
        && CrossSite.writes(request)
        && request.getSecurityContext() != null
        && request.getSecurityContext().getUserPrincipal() instanceof Caller caller
        && caller.mode() == Caller.Mode.OPERATOR) {
      AuditLog.line(
          caller.org(),
          caller.credentialId(),
          "denied",
          request.getMethod() + " /" + request.getUriInfo().getPath(),
          "");
    }
  }
}
