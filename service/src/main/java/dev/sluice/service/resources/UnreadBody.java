package dev.sluice.service.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Says that the connection closes where a body was not received to its end. The server closes it,
 * and a client that isn't told sends its next call over it and finds neither answer nor error.
 */
public final class UnreadBody implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (BodyLimit.refused(request) != null) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }
}
