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
 * Reads {@code Authorization: Bearer ...}, whatever the case of the scheme. Only the header counts:
 * a secret in a query would stand in every log on the way.
 */
@Priority(Priorities.AUTHENTICATION)
public final class BearerFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final Function<String, Principal> verifier;

  private final @Nullable Principal nobody;

  private BearerFilter(Function<String, Principal> verifier, @Nullable Principal nobody) {
    this.verifier = verifier;
    this.nobody = nobody;
  }

  /** For calls made as a {@link Caller}. */
  public static BearerFilter forCallers(CallerVerifier verifier) {
    return new BearerFilter(verifier::verify, null);
  }

  /** For calls made as an {@link OptionalCaller}. */
  public static BearerFilter forOptional(CallerVerifier verifier) {
    return new BearerFilter(
        bearer -> new OptionalCaller(verifier.verify(bearer)), new OptionalCaller(null));
  }

  /** For calls made as a {@link RefreshCaller}. */
  public static BearerFilter forRefresh(CallerVerifier verifier) {
    return new BearerFilter(bearer -> new RefreshCaller(verifier.verifyForRefresh(bearer)), null);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    boolean secure = request.getUriInfo().getBaseUri().getScheme().equals("https");
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null && nobody != null) {
      request.setSecurityContext(new Authenticated(nobody, secure));
      return;
    }
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    String bearer = header.substring(SCHEME.length()).strip();
    if (bearer.isEmpty()) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    request.setSecurityContext(new Authenticated(verifier.apply(bearer), secure));
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
