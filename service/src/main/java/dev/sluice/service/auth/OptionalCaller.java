package dev.sluice.service.auth;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something that is open to those who know enough: a {@link Caller}, or nobody where
 * no credential came with the call. One that came must count.
 */
public record OptionalCaller(@Nullable Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller == null ? "nobody" : caller.getName();
  }
}
