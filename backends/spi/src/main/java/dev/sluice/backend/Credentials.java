package dev.sluice.backend;

import java.util.List;
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

  /** The key of that hash, in whatever org it is, unless it was revoked. */
  Optional<Key> findKey(String hash);

  /** The keys of an org that were not revoked, by the bytes of their ids. */
  List<Key> keys(String org);

  /**
   * Revokes a key for good. From then on {@link #findKey} doesn't find it, nobody registers with
   * it, and the workers that it registered are unknown to every call of the contract but {@link
   * Workers#find}, {@link Workers#list} and {@link Workers#drain}, so that their claims return by
   * their leases. Repeatable: a call whose answer was lost may be made again.
   *
   * @return whether there was such a key
   */
  boolean revoke(String org, String keyId);

  /**
   * The secret that signs runtime tokens: the candidate if there is none yet. Atomic, so all nodes
   * get the same one.
   */
  String signingSecret(String candidate);
}
