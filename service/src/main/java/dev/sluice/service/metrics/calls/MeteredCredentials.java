package dev.sluice.service.metrics.calls;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MeteredCredentials implements Credentials {

  private final Credentials next;
  private final StoreTimes times;

  MeteredCredentials(Credentials next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    return times.call(StoreCall.CREDENTIALS_ADD_KEY, () -> next.addKey(hash, key));
  }

  @Override
  public boolean mintKey(String hash, Key key) {
    return times.call(StoreCall.CREDENTIALS_MINT_KEY, () -> next.mintKey(hash, key));
  }

  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    return times.call(StoreCall.CREDENTIALS_ADD_FIRST_KEYS, () -> next.addFirstKeys(keysByHash));
  }

  @Override
  public Optional<Key> findKey(String hash) {
    return times.call(StoreCall.CREDENTIALS_FIND_KEY, () -> next.findKey(hash));
  }

  @Override
  public List<Key> keys(String org) {
    return times.call(StoreCall.CREDENTIALS_KEYS, () -> next.keys(org));
  }

  @Override
  public List<Key> expired(long nowMs) {
    return times.call(StoreCall.CREDENTIALS_EXPIRED, () -> next.expired(nowMs));
  }

  @Override
  public boolean revoke(String org, String keyId) {
    return times.call(StoreCall.CREDENTIALS_REVOKE, () -> next.revoke(org, keyId));
  }

  @Override
  public void noteUse(String org, String keyId, long atMs) {
    times.run(StoreCall.CREDENTIALS_NOTE_USE, () -> next.noteUse(org, keyId, atMs));
  }

  @Override
  public Map<String, Long> lastUses(String org) {
    return times.call(StoreCall.CREDENTIALS_LAST_USES, () -> next.lastUses(org));
  }

  @Override
  public void endTokens(EndedTokens ended, long nowMs) {
    times.run(StoreCall.CREDENTIALS_END_TOKENS, () -> next.endTokens(ended, nowMs));
  }

  @Override
  public EndedTokens.Page endedTokens(long after, long nowMs) {
    return times.call(StoreCall.CREDENTIALS_ENDED_TOKENS, () -> next.endedTokens(after, nowMs));
  }

  @Override
  public String installation(String candidate) {
    return times.call(StoreCall.CREDENTIALS_INSTALLATION, () -> next.installation(candidate));
  }

  @Override
  public String signingSecret(String candidate) {
    return times.call(StoreCall.CREDENTIALS_SIGNING_SECRET, () -> next.signingSecret(candidate));
  }
}
