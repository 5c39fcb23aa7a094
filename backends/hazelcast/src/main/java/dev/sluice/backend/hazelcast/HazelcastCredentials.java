package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.map.IMap;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.hazelcast.wire.Stored;
import dev.sluice.backend.hazelcast.wire.WireTypes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys by hash, and the secret that signs. */
final class HazelcastCredentials implements Credentials {

  private static final String FIRST_KEYS = "first-keys";
  private static final String SECRET = "signing-secret";

  private final Grid grid;
  private final IMap<String, byte[]> keys;
  private final IMap<String, byte[]> registry;

  HazelcastCredentials(Grid grid, IMap<String, byte[]> keys, IMap<String, byte[]> registry) {
    this.grid = grid;
    this.keys = keys;
    this.registry = registry;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    return grid.call(() -> keys.putIfAbsent(hash, WireTypes.toBytes(key)) == null);
  }

  /**
   * One entry holds all of them, so they are there together or not at all; copies under their
   * hashes spare look-ups the second step, and nothing depends on how many of these were made.
   */
  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    byte[] all = WireTypes.toBytes(new Stored.FirstKeys(keysByHash));
    boolean stored = grid.call(() -> registry.putIfAbsent(FIRST_KEYS, all) == null);
    if (stored) {
      keysByHash.forEach(this::addKey);
    }
    return stored;
  }

  @Override
  public Optional<Key> findKey(String hash) {
    byte[] stored = get(keys, hash);
    if (stored != null) {
      return Optional.of((Key) read(stored));
    }
    byte[] first = get(registry, FIRST_KEYS);
    return first == null
        ? Optional.empty()
        : Optional.ofNullable(((Stored.FirstKeys) read(first)).keysByHash().get(hash));
  }

  @Override
  public String signingSecret(String candidate) {
    byte[] before =
        grid.<byte @Nullable []>call(() -> registry.putIfAbsent(SECRET, candidate.getBytes(UTF_8)));
    return before == null ? candidate : new String(before, UTF_8);
  }

  private byte @Nullable [] get(IMap<String, byte[]> map, String key) {
    return grid.<byte @Nullable []>call(() -> map.get(key));
  }

  private static Object read(byte[] bytes) {
    return Objects.requireNonNull(WireTypes.fromBytes(bytes));
  }
}
