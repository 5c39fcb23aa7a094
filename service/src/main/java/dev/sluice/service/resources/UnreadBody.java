package dev.sluice.service.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Closes the connection if the body was not fully received: the server does so too, and the client
 * must not send its next call over it.
 */
public final class UnreadBody implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (BodyLimit.refused(request) != null) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }
}
