package dev.sluice.service.auth.http;

import dev.sluice.backend.OrgIds;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.Operator;
import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import org.jspecify.annotations.Nullable;

public final class CookieCallers {

  private static final String ORG = "org";

  private final SessionCookies cookies;

  public CookieCallers(SessionCookies cookies) {
    this.cookies = cookies;
  }

  /** Null without a cookie; 403 for another operator's org. */
  @Nullable Caller find(ContainerRequestContext request) {
    Cookie cookie = cookie(request);
    if (cookie == null) {
      return null;
    }
    Operator operator =
        request.getProperty(KnownCallers.FOUND) instanceof KnownCallers.SignedIn known
                && known.cookie().equals(cookie.getValue())
            ? known.operator()
            : cookies.verify(cookie.getValue());
    return new Caller(
        Caller.Mode.OPERATOR,
        org(operator, request),
        null,
        operator.credentialId(),
        operator.role().scopes(),
        Projects.ALL,
        operator.role());
  }

  /** Null also for a header that the library can't parse. */
  static @Nullable Cookie cookie(ContainerRequestContext request) {
    try {
      return request.getCookies().get(SessionCookies.NAME);
    } catch (RuntimeException e) { // such as a $Version that is no number
      return null;
    }
  }

  public static @Nullable String value(ContainerRequestContext request) {
    Cookie cookie = cookie(request);
    return cookie == null ? null : cookie.getValue();
  }

  static @Nullable String askedOrg(ContainerRequestContext request) {
    return request.getUriInfo().getQueryParameters().getFirst(ORG);
  }

  private static String org(Operator operator, ContainerRequestContext request) {
    String asked = askedOrg(request);
    if (asked == null) {
      return operator.defaultOrg();
    }
    String problem = OrgIds.problem(asked);
    if (problem != null) {
      throw ApiException.invalid(ORG, problem);
    }
    if (operator.org() != null && !operator.org().equals(asked)) {
      throw ApiException.forbidden("Operator " + operator.name() + " is of one org alone");
    }
    return asked;
  }
}
