package dev.sluice.service.auth;

import org.jspecify.annotations.Nullable;

/**
 * @param org null for the built-in admin, who has all
 * @param secret changes with the password
 */
public record Operator(String name, Role role, @Nullable String org, String secret) {

  /** No key id has a colon. */
  static final String PREFIX = "operator:";

  public String credentialId() {
    return PREFIX + name;
  }

  public String defaultOrg() {
    return org == null ? CallerVerifier.DEFAULT_ORG : org;
  }

  @Override
  public String toString() {
    return "Operator[" + name + "]";
  }
}
