package dev.sluice.service.auth;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The caller of an operation that needs no credential. A credential that is sent must be valid. */
public record OptionalCaller(@Nullable Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller == null ? "nobody" : caller.getName();
  }
}
