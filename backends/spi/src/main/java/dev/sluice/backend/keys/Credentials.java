package dev.sluice.backend.keys;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials of all nodes; only hashes of secrets. */
public interface Credentials {

  /**
   * @param hash SHA-256 of the secret, lower-case hex
   * @return false if the hash is taken
   */
  boolean addKey(String hash, Key key);

  /**
   * As {@link #addKey}, for a key that wasn't given by the environment: the event log tells it. In
   * two steps: after a crash between them the key is there and its event isn't.
   */
  boolean mintKey(String hash, Key key);

  /**
   * Stores the keys of a first start, unless there are some. Atomic: of several nodes starting at
   * once one wins.
   *
   * @param keysByHash as in {@link #addKey}
   * @return true if stored
   */
  boolean addFirstKeys(Map<String, Key> keysByHash);

  /** Finds a key of any org, unless revoked. */
  Optional<Key> findKey(String hash);

  /** Keys of an org that were not revoked, by the bytes of their ids. */
  List<Key> keys(String org);

  /** Expired keys of all orgs that were not revoked; only those of {@link #addKey}. */
  List<Key> expired(long nowMs);

  /**
   * Revokes a key and all keys minted by it, directly or not, for good: docs/rules.md,
   * "Revocation". In two steps, the event first: after a crash between them the event is there, and
   * so may the key be, until the call is repeated.
   *
   * @return true if the key existed
   */
  boolean revoke(String org, String keyId);

  /**
   * Records a key's last use, until its revocation.
   *
   * @param atMs epoch ms
   */
  void noteUse(String org, String keyId, long atMs);

  /** Returns epoch ms by id. */
  Map<String, Long> lastUses(String org);

  /**
   * Ends tokens of a subject, replacing its earlier record.
   *
   * @param nowMs records over by then may be deleted
   */
  void endTokens(EndedTokens ended, long nowMs);

  /**
   * Records added since a page, and maybe older ones.
   *
   * @param after {@link EndedTokens.Page#next}; 0 for all
   * @param nowMs records over by then are left out
   */
  EndedTokens.Page endedTokens(long after, long nowMs);

  /** The installation's name, stored like {@link #signingSecret}. */
  String installation(String candidate);

  /**
   * The secret that signs runtime tokens; the candidate if there was none. Atomic, so all nodes get
   * the same one.
   */
  String signingSecret(String candidate);
}
