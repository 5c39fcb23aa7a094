package dev.sluice.service.auth;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.sluice.backend.keys.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

public enum Role {
  VIEWER(Set.of(Scope.FLEET_READ)),
  OPERATOR(Set.of(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.FLEET_WRITE)),
  ADMIN(EnumSet.allOf(Scope.class));

  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = Set.copyOf(scopes);
  }

  @JsonCreator
  static Role of(String wire) {
    return Arrays.stream(values())
        .filter(role -> role.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("role must be viewer, operator or admin"));
  }

  public Set<Scope> scopes() {
    return scopes;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
