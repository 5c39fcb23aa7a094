package dev.sluice.backend.redis.script;

import dev.sluice.backend.OrgIds;

/** The keys that Java names; scripts build the others from the org's. */
public final class Keys {

  /** String: version of the layout of all that is stored. */
  public static final String VERSION = "{sluice}:version";

  /** Set: orgs that have anything stored. */
  public static final String ORGS = "{sluice}:orgs";

  /** Hash: SHA-256 of a secret to its key, as JSON. */
  public static final String CREDENTIALS = "{sluice}:keys";

  /** Sorted set: SHA-256 of the secrets of keys that expire, by the time when they do. */
  public static final String EXPIRIES = "{sluice}:expiries";

  /** String: set once the keys of the first start are stored. */
  public static final String FIRST_KEYS = "{sluice}:first-keys";

  /** String: what signs runtime tokens. */
  public static final String SIGNING_SECRET = "{sluice}:signing-secret";

  /** String: name of the installation. */
  public static final String INSTALLATION = "{sluice}:installation";

  /** Hash, sorted sets: tokens that ended; see {@code end_tokens.lua}. */
  public static final String ENDED = "{sluice}:ended";

  public static final String ENDED_ORDER = "{sluice}:ended-order";
  public static final String ENDED_UNTIL = "{sluice}:ended-until";

  /** Pattern of the channels of all orgs; what an org says is in {@code lib/org.lua}. */
  public static final String HINTS = "{*}:hints";

  private Keys() {}

  /**
   * The hash of an org, the one key that a script is given.
   *
   * @throws IllegalArgumentException if that can't be the id of an org
   */
  public static String org(String org) {
    String problem = OrgIds.problem(org);
    if (problem != null) {
      throw new IllegalArgumentException("an org's id " + problem);
    }
    return "{" + org + "}:org";
  }

  /** Hash: SHA-256 of the secrets of an org's keys to the ids of these. */
  public static String keysOf(String org) {
    org(org);
    return CREDENTIALS + ":" + org;
  }

  /** Hash: ids of an org's keys to their last use, epoch ms. */
  public static String usesOf(String org) {
    org(org);
    return "{sluice}:uses:" + org;
  }

  /** Set: ids of the org's revoked keys. */
  public static String revoked(String org) {
    org(org);
    return "{" + org + "}:revoked";
  }

  /** Sorted set: names of damaged records; see {@code lib/damage.lua}. */
  public static String damaged(String org) {
    return "{" + org + "}:damaged";
  }
}
