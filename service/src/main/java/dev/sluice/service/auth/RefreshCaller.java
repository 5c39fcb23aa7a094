package dev.sluice.service.auth;

import java.security.Principal;

/** Who asks for a new runtime token: like a {@link Caller}, but its own may have just expired. */
public record RefreshCaller(Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller.getName();
  }
}
