package dev.sluice.service.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Adds {@code Connection: close} if the body was not fully received. Otherwise the client would
 * send its next call over a connection that the server closes.
 */
public final class UnreadBody implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (BodyLimit.refused(request) != null) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }
}
