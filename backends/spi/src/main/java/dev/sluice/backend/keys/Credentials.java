package dev.sluice.backend.keys;

import dev.sluice.backend.workers.Workers;
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

  /** The keys of all orgs that {@link #addKey} stored, that have expired and were not revoked. */
  List<Key> expired(long nowMs);

  /**
   * Revokes a key for good, and all keys that it minted, and those that they did. From then on
   * {@link #findKey} doesn't find them, nobody registers with them, and the workers that they
   * registered are unknown to every call of the contract but {@link Workers#find}, {@link
   * Workers#list} and {@link Workers#drain}, so that their claims return by their leases.
   * Repeatable: a call whose answer was lost may be made again.
   *
   * @return whether there was such a key
   */
  boolean revoke(String org, String keyId);

  /**
   * Notes the last use of a key. A revocation forgets it.
   *
   * @param atMs epoch ms
   */
  void noteUse(String org, String keyId, long atMs);

  /** The last uses noted of an org's keys, epoch ms by their ids. */
  Map<String, Long> lastUses(String org);

  /**
   * Notes that tokens don't count any more, in place of what was noted of that subject.
   *
   * @param nowMs what is over by then may be forgotten
   */
  void endTokens(EndedTokens ended, long nowMs);

  /**
   * Records noted since an earlier page, maybe with some from before it.
   *
   * @param after {@link EndedTokens.Page#next} of that page; 0 for all
   * @param nowMs what is over by then is left out
   */
  EndedTokens.Page endedTokens(long after, long nowMs);

  /** The name of the installation that shares this store: the first candidate, as below. */
  String installation(String candidate);

  /**
   * The secret that signs runtime tokens: the candidate if there is none yet. Atomic, so all nodes
   * get the same one.
   */
  String signingSecret(String candidate);
}
