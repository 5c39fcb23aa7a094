package dev.sluice.backend;

import java.util.Map;
import java.util.Optional;

/** Credentials, shared by all nodes. Only hashes of secrets come here. */
public interface Credentials {

  /**
   * Stores a key under the hash of its secret, if none is there.
   *
   * @param hash SHA-256 of the secret, lower-case hex
   * @return whether this call stored it
   */
  boolean addKey(String hash, Key key);

  /**
   * Stores the keys of a first start, unless this call has stored some before. Atomic, so of
   * several nodes that start at once on one store exactly one wins.
   *
   * @param keysByHash as in {@link #addKey}
   * @return whether this call stored them
   */
  boolean addFirstKeys(Map<String, Key> keysByHash);

  /** The key of that hash, in whatever org it is. */
  Optional<Key> findKey(String hash);

  /**
   * The secret that signs runtime tokens: the candidate if there is none yet. Atomic, so all nodes
   * get the same one.
   */
  String signingSecret(String candidate);
}
