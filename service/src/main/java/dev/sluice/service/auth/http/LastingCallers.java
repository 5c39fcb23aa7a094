package dev.sluice.service.auth.http;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Tells of a call that lasts whether its credential still counts. */
public final class LastingCallers {

  private final CallerVerifier bearers;
  private final SessionCookies cookies;
  private final CurrentClient client;

  public LastingCallers(CallerVerifier bearers, SessionCookies cookies, CurrentClient client) {
    this.bearers = bearers;
    this.cookies = cookies;
    this.client = client;
  }

  /** The check may be made on any thread. It succeeds while the store can't tell. */
  public BooleanSupplier stands(ContainerRequestContext request, Caller caller) {
    String address = client.address();
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      String cookie = Objects.requireNonNull(CookieCallers.value(request), "it has authenticated");
      return () ->
          succeeds(
              () -> {
                cookies.verify(cookie);
                return true;
              });
    }
    String bearer = CredentialFilter.bearerIn(header);
    return () ->
        client.at(
            () -> address,
            () -> succeeds(() -> caller.equals(bearers.registered(bearers.identify(bearer)))));
  }

  private static boolean succeeds(BooleanSupplier check) {
    try {
      return check.getAsBoolean();
    } catch (ApiException e) {
      return e.status() != 401;
    } catch (BackendUnavailableException e) {
      return true;
    }
  }
}
