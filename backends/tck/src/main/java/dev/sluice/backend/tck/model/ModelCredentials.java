package dev.sluice.backend.tck.model;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys by hash, and the signing secret, for all orgs. */
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
    return store.alone(() -> Optional.ofNullable(keys.get(hash)));
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
