package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Tells who makes a request to the dashboard. */
public interface Visitors {

  /**
   * The visitor, or empty when nobody is logged in. Reads the request's cookie, and {@code ?org=}
   * where the visitor may look at every org; one that is no org's name counts as not given.
   */
  Optional<Visitor> visitor(ContainerRequestContext request);

  /** The same for a request that is answered beside the pages. */
  Optional<Visitor> visitor(HttpServletRequest request);

  /**
   * Whether a form was sent by a page of this server, as far as browsers tell. One that doesn't
   * tell counts as another site's.
   */
  boolean ours(ContainerRequestContext request);
}
