package dev.sluice.backend.redis.function;

import dev.sluice.backend.OrgIds;

/** Keys named in Java. Scripts derive the others from the key of the org. */
public final class Keys {

  /** String: the layout in force. */
  public static final String VERSION = "{sluice}:version";

  /** Hash: the nodes; see {@code announce.lua}. */
  public static final String NODES = "{sluice}:nodes";

  /** Hash: the libraries of live nodes; see {@code announce.lua}. */
  public static final String LIBRARIES = "{sluice}:libraries";

  /** Set: orgs with stored data. */
  public static final String ORGS = "{sluice}:orgs";

  /** Hash: SHA-256 of a secret -> its key, as JSON. */
  public static final String CREDENTIALS = "{sluice}:keys";

  /** Sorted set: SHA-256 of the secret -> when its key expires. */
  public static final String EXPIRIES = "{sluice}:expiries";

  /** String: set once the keys of the first start are stored. */
  public static final String FIRST_KEYS = "{sluice}:first-keys";

  public static final String SIGNING_SECRET = "{sluice}:signing-secret";

  public static final String INSTALLATION = "{sluice}:installation";

  /** Hash, sorted sets: ended tokens; see {@code end_tokens.lua}. */
  public static final String ENDED = "{sluice}:ended";

  public static final String ENDED_ORDER = "{sluice}:ended-order";
  public static final String ENDED_UNTIL = "{sluice}:ended-until";

  /** Set: orgs that have webhooks, or had some. */
  public static final String WEBHOOK_ORGS = "{sluice}:webhook-orgs";

  /** Channels of all orgs; see {@code rules/step.lua}. */
  public static final String HINTS = "{*}:hints";

  private Keys() {}

  /**
   * Hash of an org, the only key that its scripts are given.
   *
   * @throws IllegalArgumentException if the id is invalid
   */
  public static String org(String org) {
    String problem = OrgIds.problem(org);
    if (problem != null) {
      throw new IllegalArgumentException("an org's id " + problem);
    }
    return "{" + org + "}:org";
  }

  /** Hash: SHA-256 of a secret -> id of its key, for an org. */
  public static String keysOf(String org) {
    org(org);
    return CREDENTIALS + ":" + org;
  }

  /** Hash: id of a key of an org -> its last use, epoch ms. */
  public static String usesOf(String org) {
    org(org);
    return "{sluice}:uses:" + org;
  }

  /** Hash: id of a webhook of an org -> its version, a space, and its text. */
  public static String webhooksOf(String org) {
    org(org);
    return "{sluice}:webhooks:" + org;
  }

  /** Set: ids of revoked keys of an org. */
  public static String revoked(String org) {
    org(org);
    return "{" + org + "}:revoked";
  }

  /** Set: hashes of the keys that an import has stored. */
  public static String imported(String org) {
    return "{" + org + "}:import";
  }

  /** Sorted set: names of damaged records; see {@code rules/step.lua}. */
  public static String damaged(String org) {
    return "{" + org + "}:damaged";
  }
}
