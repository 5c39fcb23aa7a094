package dev.sluice.service.resources;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.http.edge.RefusedBody;
import dev.sluice.service.http.edge.RefusedBody.Reason;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses calls whose body the front did not receive, after the check of the credential. */
public final class BodyLimit implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    RefusedBody refused = refused(request);
    if (refused != null && !(refused.reason() == Reason.NOT_WANTED && readsNone(request))) {
      throw problem(refused);
    }
  }

  /** Null if none is missing. */
  static @Nullable RefusedBody refused(ContainerRequestContext request) {
    return request.getProperty(RefusedBody.ATTRIBUTE) instanceof RefusedBody refused
        ? refused
        : null;
  }

  private static boolean readsNone(ContainerRequestContext request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static ApiException problem(RefusedBody refused) {
    return switch (refused.reason()) {
      case TOO_LARGE -> ApiException.tooLarge("body", refused.limit());
      case TOO_SLOW -> ApiException.tooSlow("body", refused.limit(), "front.minBytesPerSecond");
      case NO_MEMORY ->
          ApiException.noRoom(
              "body", "exceeds the memory for incoming bodies (front.bodyMemory); try again");
      case NOT_WANTED -> // the credential was found meanwhile
          ApiException.noRoom("body", "was not received; try again");
      case BROKEN_OFF -> ApiException.malformed("The body broke off before its end");
    };
  }
}
