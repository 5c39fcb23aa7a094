package dev.sluice.backend.redis;

import java.util.regex.Pattern;

/** The keys that Java names; scripts build the others from the org's. */
final class Keys {

  private static final Pattern ORG = Pattern.compile("[a-z0-9-]{1,64}");

  /** String: version of the layout of all that is stored. */
  static final String VERSION = "{sluice}:version";

  /** Set: orgs that have anything stored. */
  static final String ORGS = "{sluice}:orgs";

  /** Hash: SHA-256 of a secret to its key, as JSON. */
  static final String CREDENTIALS = "{sluice}:keys";

  /** String: set once the keys of the first start are stored. */
  static final String FIRST_KEYS = "{sluice}:first-keys";

  /** String: what signs runtime tokens. */
  static final String SIGNING_SECRET = "{sluice}:signing-secret";

  private Keys() {}

  /**
   * The hash of an org, the one key that a script is given.
   *
   * @throws IllegalArgumentException if that can't be the id of an org
   */
  static String org(String org) {
    if (!ORG.matcher(org).matches()) {
      throw new IllegalArgumentException("an org's id must match " + ORG);
    }
    return "{" + org + "}:org";
  }

  /** Sorted set: names of damaged records; see {@code lib/damage.lua}. */
  static String damaged(String org) {
    return "{" + org + "}:damaged";
  }
}
