package dev.sluice.service.auth;

import org.jspecify.annotations.Nullable;

/**
 * A person who may log in.
 *
 * @param name unique
 * @param org the only org; null for the built-in admin, who has all
 * @param secret what changes with the password: its hash, or for the built-in admin itself
 */
public record Operator(String name, Role role, @Nullable String org, String secret) {

  /** What audit lines call an operator; no key's id has a colon. */
  static final String PREFIX = "operator:";

  /** The name of the credential on audit lines and on workers registered with it. */
  public String credentialId() {
    return PREFIX + name;
  }

  /** Where a call acts that names no org. */
  public String defaultOrg() {
    return org == null ? CallerVerifier.DEFAULT_ORG : org;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Operator[" + name + "]";
  }
}
