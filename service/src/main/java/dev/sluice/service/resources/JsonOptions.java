package dev.sluice.service.resources;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;

/** Jersey would answer in plain text. */
public final class JsonOptions implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!request.getMethod().equals(HttpMethod.OPTIONS) || response.getStatus() >= 300) {
      return;
    }
    String allow = response.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      response.setStatus(200);
      response.setEntity(
          Map.of("allow", List.of(allow.split("\\s*,\\s*"))),
          new Annotation[0],
          MediaType.APPLICATION_JSON_TYPE);
    }
  }
}
