package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

public interface Visitors {

  /** Returns empty without a valid session. Applies {@code ?org=} if every org is visible. */
  Optional<Visitor> visitor(ContainerRequestContext request);

  Optional<Visitor> visitor(HttpServletRequest request);

  /** True if the browser says that a page of this server sent the form. */
  boolean ours(ContainerRequestContext request);
}
