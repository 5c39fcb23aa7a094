package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.CallerVerifier.Identity;
import dev.sluice.service.auth.CrossSite;
import dev.sluice.service.auth.FailedAuthentication;
import dev.sluice.service.auth.OptionalCaller;
import dev.sluice.service.auth.RefreshCaller;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.errors.ApiException;
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
 * Reads {@code Authorization: Bearer}, ignoring the case, else an operator's cookie. A secret in a
 * query is ignored, since it would appear in logs.
 */
@Priority(Priorities.AUTHENTICATION)
public final class CredentialFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";

  public record Checks(CallerVerifier bearers, CookieCallers cookies, Admission admission) {}

  private final CallerVerifier bearers;
  private final Function<Identity, Caller> check;
  private final CookieCallers cookies;
  private final Admission admission;
  private final Function<Caller, Principal> kind;
  private final @Nullable Principal nobody;

  private CredentialFilter(
      Checks checks,
      Function<Identity, Caller> check,
      Function<Caller, Principal> kind,
      @Nullable Principal nobody) {
    this.bearers = checks.bearers();
    this.check = check;
    this.cookies = checks.cookies();
    this.admission = checks.admission();
    this.kind = kind;
    this.nobody = nobody;
  }

  public static CredentialFilter forCallers(Checks checks) {
    return new CredentialFilter(checks, checks.bearers()::registered, caller -> caller, null);
  }

  public static CredentialFilter forOptional(Checks checks) {
    return new CredentialFilter(
        checks, checks.bearers()::registered, OptionalCaller::new, new OptionalCaller(null));
  }

  public static CredentialFilter forWorkers(Checks checks) {
    return new CredentialFilter(checks, checks.bearers()::unexpired, WorkerCaller::new, null);
  }

  public static CredentialFilter forRefresh(Checks checks) {
    return new CredentialFilter(checks, Identity::caller, RefreshCaller::new, null);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      authenticate(request, principal(header, request.getProperty(KnownCallers.FOUND)));
      return;
    }
    Caller operator = operator(request);
    if (operator != null) {
      authenticate(request, operator); // first, so that a refusal is known as theirs
      if (CrossSite.writes(request)) {
        CrossSite.requireOurs(request);
      }
    } else if (nobody != null) {
      admission.anonymous();
      authenticate(request, nobody);
    } else {
      throw failed(FailedAuthentication.MISSING);
    }
  }

  /**
   * @param authorization value of the header
   * @param found what {@link KnownCallers} left on the call, if anything
   */
  public Principal principal(String authorization, @Nullable Object found) {
    Caller caller = caller(bearer(authorization), found);
    admission.authenticated(caller);
    return kind.apply(caller);
  }

  private Caller caller(String bearer, @Nullable Object found) {
    try {
      return check.apply(
          found instanceof Identity known && known.isOf(bearer) ? known : bearers.identify(bearer));
    } catch (ApiException refused) {
      if (refused.status() == 401) {
        admission.failed(CallerVerifier.failure(bearer, refused));
      }
      throw refused;
    }
  }

  private ApiException failed(FailedAuthentication kind) {
    admission.failed(kind);
    return ApiException.invalidKey();
  }

  /** If no caller is required, an invalid cookie counts as none. */
  private @Nullable Caller operator(ContainerRequestContext request) {
    try {
      return cookies.find(request);
    } catch (ApiException e) {
      if (e.status() != 401) {
        throw e;
      }
      if (nobody != null) {
        return null;
      }
      admission.failed(FailedAuthentication.INVALID_SESSION);
      throw e;
    }
  }

  private String bearer(String header) {
    String bearer = bearerIn(header);
    if (bearer.isEmpty()) {
      throw failed(FailedAuthentication.MISSING);
    }
    return bearer;
  }

  static String bearerIn(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : "";
  }

  private void authenticate(ContainerRequestContext request, Caller caller) {
    authenticate(request, kind.apply(caller));
    admission.authenticated(caller);
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
