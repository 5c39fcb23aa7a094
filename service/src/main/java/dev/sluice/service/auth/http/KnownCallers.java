package dev.sluice.service.auth.http;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.Operator;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.http.edge.Callers;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Leaves what it found on the call: the identity of a bearer, or the operator of a cookie. Both say
 * only that the credential is genuine, and {@link CredentialFilter} checks the rest.
 */
public final class KnownCallers implements Callers {

  /** The attribute of a call that has it. */
  public static final String FOUND = "dev.sluice.caller";

  record SignedIn(String cookie, Operator operator) {}

  private final CallerVerifier verifier;
  private final SessionCookies cookies;
  private final CurrentClient client;

  public KnownCallers(CallerVerifier verifier, SessionCookies cookies, CurrentClient client) {
    this.verifier = verifier;
    this.cookies = cookies;
    this.client = client;
  }

  @Override
  public boolean know(Request request) {
    if (request.getAttribute(FOUND) != null) {
      return true;
    }
    try {
      @Nullable Object found = find(request);
      if (found != null) {
        request.setAttribute(FOUND, found);
      }
      return found != null;
    } catch (ApiException | BackendUnavailableException e) {
      return false;
    }
  }

  @Override
  public void forget(Request request) {
    request.removeAttribute(FOUND);
  }

  private @Nullable Object find(Request request) {
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (authorization != null) {
      String bearer = CredentialFilter.bearerIn(authorization);
      return client.at(() -> Request.getRemoteAddr(request), () -> verifier.identify(bearer));
    }
    @Nullable String cookie = cookie(request);
    return cookie == null ? null : new SignedIn(cookie, cookies.verify(cookie));
  }

  private static @Nullable String cookie(Request request) {
    try {
      for (HttpCookie cookie : Request.getCookies(request)) {
        if (cookie.getName().equals(SessionCookies.NAME)) {
          return cookie.getValue();
        }
      }
    } catch (RuntimeException unreadable) {
      return null; // no cookie of ours
    }
    return null;
  }
}
