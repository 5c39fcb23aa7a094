package dev.sluice.backend.tck.model;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.EndedTokens;
import dev.sluice.backend.Key;
import dev.sluice.backend.Names;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys by hash, and the signing secret, for all orgs: docs/rules.md, "Credentials". */
final class ModelCredentials implements Credentials {

  private final ModelStore store;
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<List<String>, Long> uses = new HashMap<>();
  private final Map<String, EndedTokens> ended = new HashMap<>();
  private @Nullable String installation;
  private boolean firstKeysStored;
  private @Nullable String secret;

  ModelCredentials(ModelStore store) {
    this.store = store;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    return store.alone(() -> keys.putIfAbsent(hash, key) == null);
  }

  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    return store.alone(
        () -> {
          if (firstKeysStored) {
            return false;
          }
          firstKeysStored = true;
          keysByHash.forEach(keys::putIfAbsent);
          return true;
        });
  }

  @Override
  public Optional<Key> findKey(String hash) {
    return store.alone(() -> Optional.ofNullable(keys.get(hash)).filter(key -> !revoked(key)));
  }

  @Override
  public List<Key> keys(String org) {
    return store.alone(
        () ->
            keys.values().stream()
                .filter(key -> key.org().equals(org) && !revoked(key))
                .sorted(Comparator.comparing(Key::id, Names::compareBytes))
                .toList());
  }

  @Override
  public List<Key> expired(long nowMs) {
    return store.alone(
        () -> keys.values().stream().filter(key -> key.expired(nowMs) && !revoked(key)).toList());
  }

  @Override
  public boolean revoke(String org, String keyId) {
    return store.alone(
        () -> {
          List<Key> all = keys.values().stream().filter(key -> key.org().equals(org)).toList();
          List<String> family = Key.family(all, keyId);
          store.org(org).revoked.addAll(family);
          family.forEach(id -> uses.remove(List.of(org, id)));
          keys.values().removeIf(key -> key.org().equals(org) && family.contains(key.id()));
          return all.stream().anyMatch(key -> key.id().equals(keyId));
        });
  }

  @Override
  public void noteUse(String org, String keyId, long atMs) {
    store.alone(() -> uses.put(List.of(org, keyId), atMs));
  }

  @Override
  public Map<String, Long> lastUses(String org) {
    return store.alone(
        () -> {
          Map<String, Long> found = new HashMap<>();
          uses.forEach(
              (key, at) -> {
                if (key.get(0).equals(org)) {
                  found.put(key.get(1), at);
                }
              });
          return found;
        });
  }

  @Override
  public void endTokens(EndedTokens one, long nowMs) {
    store.alone(() -> ended.put(one.subject(), one));
  }

  @Override
  public EndedTokens.Page endedTokens(long after, long nowMs) {
    return store.alone(
        () ->
            new EndedTokens.Page(
                ended.values().stream().filter(one -> one.until() > nowMs).toList(), 0, false));
  }

  @Override
  public String installation(String candidate) {
    return store.alone(
        () -> {
          if (installation == null) {
            installation = candidate;
          }
          return installation;
        });
  }

  /** One that is added again after it or its parent was revoked stays revoked. */
  private boolean revoked(Key key) {
    return store.org(key.org()).revoked.contains(key.id())
        || (key.mintedBy() != null && store.org(key.org()).revoked.contains(key.mintedBy()));
  }

  @Override
  public String signingSecret(String candidate) {
    return store.alone(
        () -> {
          if (secret == null) {
            secret = candidate;
          }
          return secret;
        });
  }
}
