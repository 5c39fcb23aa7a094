package dev.sluice.service.auth;

import java.security.Principal;

/**
 * A {@link Caller} of an operation in which the store looks the worker up itself, and answers 404
 * for one that is gone: its clients register again on that. Nothing is looked up before.
 */
public record WorkerCaller(Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller.getName();
  }
}
