package dev.sluice.backend.keys;

import dev.sluice.backend.workers.Workers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials, shared by all nodes; only hashes of secrets. */
public interface Credentials {

  /**
   * Stores a key unless the hash is taken.
   *
   * @param hash SHA-256 of the secret, lower-case hex
   * @return true if stored
   */
  boolean addKey(String hash, Key key);

  /**
   * Stores the keys of a first start, unless there are some. Atomic: of several nodes starting at
   * once one wins.
   *
   * @param keysByHash as in {@link #addKey}
   * @return true if stored
   */
  boolean addFirstKeys(Map<String, Key> keysByHash);

  /** Returns the key of a hash, of any org, unless revoked. */
  Optional<Key> findKey(String hash);

  /** Returns the keys of an org that were not revoked, by the bytes of their ids. */
  List<Key> keys(String org);

  /**
   * Returns expired keys of all orgs that were not revoked; only those stored by {@link #addKey}.
   */
  List<Key> expired(long nowMs);

  /**
   * Revokes a key and all keys minted by it, directly or not, for good. They are no longer found,
   * nobody registers with them, and workers registered with them are unknown to all calls but
   * {@link Workers#find}, {@link Workers#list} and {@link Workers#drain}, so their claims return by
   * lease. May be repeated.
   *
   * @return true if the key existed
   */
  boolean revoke(String org, String keyId);

  /**
   * Records the last use of a key, until its revocation.
   *
   * @param atMs epoch ms
   */
  void noteUse(String org, String keyId, long atMs);

  /** Returns the last uses of keys, epoch ms by id. */
  Map<String, Long> lastUses(String org);

  /**
   * Ends tokens of a subject, replacing its earlier record.
   *
   * @param nowMs records over by then may be deleted
   */
  void endTokens(EndedTokens ended, long nowMs);

  /**
   * Returns records added since an earlier page, and maybe some older ones.
   *
   * @param after {@link EndedTokens.Page#next} of that page; 0 for all
   * @param nowMs records over by then are left out
   */
  EndedTokens.Page endedTokens(long after, long nowMs);

  /** Returns the name of the installation, stored like {@link #signingSecret}. */
  String installation(String candidate);

  /**
   * Returns the secret that signs runtime tokens; stores the candidate if there is none. Atomic, so
   * all nodes get the same one.
   */
  String signingSecret(String candidate);
}
