package dev.sluice.service.auth;

import java.security.Principal;

/** The runtime token may have expired recently. */
public record RefreshCaller(Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller.getName();
  }
}
