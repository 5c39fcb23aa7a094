package dev.sluice.service.auth;

import java.security.Principal;

/**
 * A {@link Caller} of an operation in which the store checks the worker itself and answers 404 if
 * it is gone; clients then register again.
 */
public record WorkerCaller(Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller.getName();
  }
}
