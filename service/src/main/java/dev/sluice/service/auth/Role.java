package dev.sluice.service.auth;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.sluice.backend.keys.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an operator may do, as a set of the scopes that keys have. */
public enum Role {
  /** Looks. */
  VIEWER(Set.of(Scope.FLEET_READ)),
  /** Looks, enqueues and steers. */
  OPERATOR(Set.of(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.FLEET_WRITE)),
  /** Everything, keys included. */
  ADMIN(EnumSet.allOf(Scope.class));

  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = Set.copyOf(scopes);
  }

  /**
   * The role of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  static Role of(String wire) {
    return Arrays.stream(values())
        .filter(role -> role.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("role must be viewer, operator or admin"));
  }

  /** The scopes it opens. */
  public Set<Scope> scopes() {
    return scopes;
  }

  /** Its name in the configuration and on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
