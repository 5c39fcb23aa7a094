package dev.sluice.service.auth;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A credential that is sent must be valid, even where none is needed. */
public record OptionalCaller(@Nullable Caller caller) implements Principal {

  @Override
  public String getName() {
    return caller == null ? "nobody" : caller.getName();
  }
}
