package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.Names;
import dev.sluice.backend.hazelcast.operation.NoteRevoked;
import dev.sluice.backend.hazelcast.wire.Stored;
import dev.sluice.backend.hazelcast.wire.WireTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys by hash, and the secret that signs. Beside the keys stand marks of those that were revoked:
 * a key is good while there is none for it, so that it is bad in one step, whatever else must go.
 */
final class HazelcastCredentials implements Credentials {

  private static final String SECRET = "signing-secret";
  private static final byte[] REVOKED = {1};

  private final Grid grid;
  private final OrgMap orgs;
  private final ByteMap keys;
  private final Registry registry;

  HazelcastCredentials(Grid grid, OrgMap orgs, ByteMap keys, Registry registry) {
    this.grid = grid;
    this.orgs = orgs;
    this.keys = keys;
    this.registry = registry;
    Disk disk = Disk.of(grid.member());
    if (disk != null) {
      moveSecretOutOfJournal(disk);
    }
  }

  @Override
  public boolean addKey(String hash, Key key) {
    // Listed first: a hash that names no key is no harm, a key that no list names can't be revoked.
    registry.noteKey(key.org(), hash);
    return grid.call(() -> keys.putIfAbsent(hash, WireTypes.toBytes(key)) == null);
  }

  /** One entry holds all of them, so they are there together or not at all. */
  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    return registry.addFirstKeys(new Stored.FirstKeys(keysByHash));
  }

  @Override
  public Optional<Key> findKey(String hash) {
    byte[] stored = get(hash);
    Key key =
        stored == null
            ? registry.firstKeys().get(hash)
            : (Key) Objects.requireNonNull(WireTypes.fromBytes(stored));
    return Optional.ofNullable(key).filter(this::good);
  }

  @Override
  public List<Key> keys(String org) {
    return byHash(org).values().stream()
        .filter(this::good)
        .sorted(Comparator.comparing(Key::id, Names::compareBytes))
        .toList();
  }

  @Override
  public boolean revoke(String org, String keyId) {
    registry.noteOrg(org);
    orgs.call(org, new NoteRevoked(keyId));
    grid.run(() -> keys.putIfAbsent(mark(org, keyId), REVOKED));
    List<String> hashes = new ArrayList<>();
    byHash(org)
        .forEach(
            (hash, key) -> {
              if (key.id().equals(keyId)) {
                hashes.add(hash);
              }
            });
    boolean any = false;
    for (String hash : hashes) {
      any |= registry.removeFirstKey(hash);
      any |= grid.<byte @Nullable []>call(() -> keys.remove(hash)) != null;
      registry.forgetKey(org, hash);
    }
    return any;
  }

  /** In a cluster the members share it; one durable member keeps it in a file of its own. */
  @Override
  public String signingSecret(String candidate) {
    Disk disk = Disk.of(grid.member());
    if (disk != null) {
      return disk.signingKey().putIfAbsent(candidate);
    }
    byte[] before = registry.putIfAbsent(SECRET, candidate.getBytes(UTF_8));
    return before == null ? candidate : new String(before, UTF_8);
  }

  /** Moves a secret that stands in the journal, as it did once, into the file. */
  private void moveSecretOutOfJournal(Disk disk) {
    byte[] stored = registry.get(SECRET);
    if (stored != null) {
      disk.signingKey().putIfAbsent(new String(stored, UTF_8));
      registry.remove(SECRET);
    }
  }

  /** The keys of an org, those that were revoked but not yet deleted too. */
  private Map<String, Key> byHash(String org) {
    Map<String, Key> byHash = new HashMap<>(registry.firstKeys());
    for (String hash : registry.keys(org)) {
      byte[] stored = get(hash);
      if (stored != null) {
        byHash.put(hash, (Key) Objects.requireNonNull(WireTypes.fromBytes(stored)));
      }
    }
    byHash.values().removeIf(key -> !key.org().equals(org));
    return byHash;
  }

  private boolean good(Key key) {
    return get(mark(key.org(), key.id())) == null;
  }

  private byte @Nullable [] get(String key) {
    return grid.<byte @Nullable []>call(() -> keys.get(key));
  }

  private static String mark(String org, String keyId) {
    return org + Registry.SEPARATOR + keyId;
  }
}
