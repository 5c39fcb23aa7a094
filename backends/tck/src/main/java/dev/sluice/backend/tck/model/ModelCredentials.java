package dev.sluice.backend.tck.model;

import dev.sluice.backend.Credentials;
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
  public boolean revoke(String org, String keyId) {
    return store.alone(
        () -> {
          store.org(org).revoked.add(keyId);
          return keys.values().removeIf(key -> key.org().equals(org) && key.id().equals(keyId));
        });
  }

  /** One that is added again after it was revoked stays revoked. */
  private boolean revoked(Key key) {
    return store.org(key.org()).revoked.contains(key.id());
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
