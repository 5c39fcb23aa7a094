package dev.sluice.service.auth.http;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.http.edge.Callers;

public final class KnownCallers implements Callers {

  private final CallerVerifier verifier;
  private final SessionCookies cookies;
  private final CurrentClient client;

  public KnownCallers(CallerVerifier verifier, SessionCookies cookies, CurrentClient client) {
    this.verifier = verifier;
    this.cookies = cookies;
    this.client = client;
  }

  @Override
  public boolean knowsAuthorization(String authorization, String remoteAddress) {
    String bearer = CredentialFilter.bearerIn(authorization);
    return passes(() -> client.at(() -> remoteAddress, () -> verifier.verifyForRefresh(bearer)));
  }

  @Override
  public boolean knowsCookie(String value) {
    return passes(() -> cookies.verify(value));
  }

  private static boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (ApiException | BackendUnavailableException e) {
      return false;
    }
  }
}
