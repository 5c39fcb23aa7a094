package dev.sluice.service.auth.http;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.service.auth.Admission;
import io.dropwizard.auth.Auth;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Set;
import java.util.stream.Stream;

/** Logins have their own limit. */
public final class OpenCalls implements DynamicFeature {

  private static final Set<String> BOUNDED_ELSEWHERE =
      Set.of("api/login", "admin/login", "v1/daemon/register");

  private final Admission admission;
  private final PageVisitors visitors;

  public OpenCalls(Admission admission, PageVisitors visitors) {
    this.admission = admission;
    this.visitors = visitors;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    boolean authenticated =
        Stream.of(resource.getResourceMethod().getParameters())
            .anyMatch(parameter -> parameter.isAnnotationPresent(Auth.class));
    if (!authenticated) {
      context.register(new Bound(admission, visitors));
    }
  }

  @Priority(Priorities.AUTHENTICATION)
  private record Bound(Admission admission, PageVisitors visitors)
      implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
      if (!BOUNDED_ELSEWHERE.contains(request.getUriInfo().getPath()) && !loggedIn(request)) {
        admission.anonymous();
      }
    }

    private boolean loggedIn(ContainerRequestContext request) {
      try {
        return visitors.visitor(request).isPresent();
      } catch (BackendUnavailableException e) {
        return true; // the page itself says so
      }
    }
  }
}
