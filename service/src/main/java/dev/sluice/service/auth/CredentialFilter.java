package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Authorization: Bearer ...}, whatever the case of the scheme; where that header is
 * missing, an operator's cookie. Only headers count: a secret in a query would stand in every log
 * on the way.
 */
@Priority(Priorities.AUTHENTICATION)
public final class CredentialFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final Function<String, Principal> bearers;
  private final CookieCallers cookies;
  private final Function<Caller, Principal> kind;
  private final @Nullable Principal nobody;

  private CredentialFilter(
      Function<String, Principal> bearers,
      CookieCallers cookies,
      Function<Caller, Principal> kind,
      @Nullable Principal nobody) {
    this.bearers = bearers;
    this.cookies = cookies;
    this.kind = kind;
    this.nobody = nobody;
  }

  /** For calls made as a {@link Caller}. */
  public static CredentialFilter forCallers(CallerVerifier verifier, CookieCallers cookies) {
    return new CredentialFilter(verifier::verify, cookies, caller -> caller, null);
  }

  /** For calls made as an {@link OptionalCaller}. */
  public static CredentialFilter forOptional(CallerVerifier verifier, CookieCallers cookies) {
    return new CredentialFilter(
        bearer -> new OptionalCaller(verifier.verify(bearer)),
        cookies,
        OptionalCaller::new,
        new OptionalCaller(null));
  }

  /** For calls made as a {@link WorkerCaller}. */
  public static CredentialFilter forWorkers(CallerVerifier verifier, CookieCallers cookies) {
    return new CredentialFilter(
        bearer -> new WorkerCaller(verifier.verifySecret(bearer)),
        cookies,
        WorkerCaller::new,
        null);
  }

  /** For calls made as a {@link RefreshCaller}. */
  public static CredentialFilter forRefresh(CallerVerifier verifier, CookieCallers cookies) {
    return new CredentialFilter(
        bearer -> new RefreshCaller(verifier.verifyForRefresh(bearer)),
        cookies,
        RefreshCaller::new,
        null);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      authenticate(request, bearers.apply(bearer(header)));
      return;
    }
    Caller operator = operator(request);
    if (operator != null) {
      authenticate(request, kind.apply(operator)); // first, so that a refusal is known as theirs
      if (CrossSite.writes(request)) {
        CrossSite.requireOurs(request);
      }
    } else if (nobody != null) {
      authenticate(request, nobody);
    } else {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
  }

  /** Where nobody is needed, a cookie that has ended is none: its owner never sent it by will. */
  private @Nullable Caller operator(ContainerRequestContext request) {
    try {
      return cookies.find(request);
    } catch (ApiException e) {
      if (nobody != null && e.status() == 401) {
        return null;
      }
      throw e;
    }
  }

  private static String bearer(String header) {
    String bearer =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length()).strip()
            : "";
    if (bearer.isEmpty()) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    return bearer;
  }

  private static void authenticate(ContainerRequestContext request, Principal principal) {
    boolean secure = request.getUriInfo().getBaseUri().getScheme().equals("https");
    request.setSecurityContext(new Authenticated(principal, secure));
  }

  private record Authenticated(Principal principal, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return principal;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
