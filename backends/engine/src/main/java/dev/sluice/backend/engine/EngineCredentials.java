package dev.sluice.backend.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Names;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.transfer.ClosureOperations.RequireOpen;
import dev.sluice.backend.engine.wire.Stored;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.engine.write.WorkerOperations.NoteKey;
import dev.sluice.backend.engine.write.WorkerOperations.NoteRevoked;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.transfer.OrgRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys by hash, marks of revoked keys, and the signing secret. A key counts only without a mark, so
 * one step revokes it.
 */
final class EngineCredentials implements Credentials {

  private static final String SECRET = "signing-secret";
  private static final String INSTALLATION = "installation";
  private static final byte[] REVOKED = {1};
  private static final long MAX_SKEW_MS = 60_000;

  private final Store store;
  private final WireFormat wire;
  private final Orgs orgs;
  private final ByteMap keys;
  private final ByteMap ended;
  private final Registry registry;

  EngineCredentials(Store store, Orgs orgs, Registry registry) {
    this.store = store;
    this.wire = store.wire();
    this.orgs = orgs;
    this.keys = store.map(StoreTable.KEYS);
    this.ended = store.map(StoreTable.ENDED);
    this.registry = registry;
    moveSecret();
  }

  @Override
  public boolean addKey(String hash, Key key) {
    return add(hash, key, new RequireOpen());
  }

  /** Tells it behind the key, whose secret nobody has seen before this call ends. */
  @Override
  public boolean mintKey(String hash, Key key) {
    registry.noteOrg(key.org());
    return add(hash, key, orgs.takes(NoteKey.class) ? new NoteKey(key.id()) : new RequireOpen());
  }

  private boolean add(String hash, Key key, WriteOperation<Boolean> onceAdded) {
    orgs.call(key.org(), new RequireOpen());
    boolean added = put(hash, key);
    try {
      orgs.call(key.org(), added ? onceAdded : new RequireOpen());
    } catch (RefusedException e) { // closed meanwhile: a copy may be without it
      if (added) {
        drop(key.org(), hash);
      }
      throw e;
    }
    return added;
  }

  private boolean put(String hash, Key key) {
    // Note the hash first: a hash without a key does no harm, an unlisted key can't be revoked.
    registry.noteKey(key.org(), hash);
    if (key.expiresAt() != null) {
      registry.noteExpiry(hash, key.expiresAt());
    }
    return keys.putIfAbsent(hash, wire.toBytes(key)) == null;
  }

  /** By id. */
  List<OrgRecord.StoredKey> stored(String org) {
    Map<String, Long> uses = lastUses(org);
    return byHash(org).entrySet().stream()
        .filter(each -> good(each.getValue()))
        .sorted(Comparator.comparing(each -> each.getValue().id(), Names::compareBytes))
        .map(
            each ->
                new OrgRecord.StoredKey(
                    each.getKey(), each.getValue(), uses.getOrDefault(each.getValue().id(), 0L)))
        .toList();
  }

  /**
   * Adds a key of an import, unless it is there.
   *
   * @throws RefusedException {@link Refusal#CONFLICT} if another org has the hash
   */
  void adopt(String org, OrgRecord.StoredKey stored) {
    Key key = stored.key().in(org);
    byte[] bytes = get(stored.hash());
    Key before =
        bytes == null
            ? registry.firstKeys().get(stored.hash())
            : (Key) Objects.requireNonNull(wire.fromBytes(bytes));
    if (before != null && !before.org().equals(org)) {
      throw RefusedException.of(Refusal.CONFLICT, "key " + key.id());
    } else if (before == null) {
      registry.noteImported(org, stored.hash());
      put(stored.hash(), key);
      if (stored.lastUseMs() > 0) {
        noteUse(org, key.id(), stored.lastUseMs());
      }
    }
  }

  void dropImported(String org) {
    Map<String, Key> all = byHash(org);
    for (String hash : registry.imported(org)) {
      Key key = all.get(hash);
      if (key != null) {
        drop(org, hash);
        keys.delete(use(org, key.id()));
      }
    }
    registry.forgetImported(org);
  }

  /** One value, so they are stored together or not at all. */
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
            : (Key) Objects.requireNonNull(wire.fromBytes(stored));
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
  public List<Key> expired(long nowMs) {
    return registry.expired(nowMs).stream()
        .map(this::findKey)
        .flatMap(Optional::stream)
        .filter(key -> key.expired(nowMs))
        .toList();
  }

  @Override
  public boolean revoke(String org, String keyId) {
    registry.noteOrg(org);
    Set<String> noted = new HashSet<>();
    Map<String, Key> all = byHash(org);
    List<String> family = Key.family(all.values(), keyId);
    // Children first, so that a repeated call finds the rest. Loop for keys minted meanwhile.
    while (!noted.containsAll(family)) {
      for (int i = family.size() - 1; i >= 0; i--) {
        if (noted.add(family.get(i))) {
          note(org, family.get(i));
        }
      }
      all = byHash(org);
      family = Key.family(all.values(), keyId);
    }
    boolean known = false;
    for (Map.Entry<String, Key> each : all.entrySet()) {
      String id = each.getValue().id();
      if (noted.contains(id)) {
        known |= drop(org, each.getKey()) && id.equals(keyId);
        keys.delete(use(org, id));
      }
    }
    return known;
  }

  private void note(String org, String keyId) {
    orgs.call(org, new NoteRevoked(keyId));
    keys.putIfAbsent(mark(org, keyId), REVOKED);
  }

  /** Answers from what is there before: the store may carry a removal out twice. */
  private boolean drop(String org, String hash) {
    boolean known = get(hash) != null || registry.firstKeys().containsKey(hash);
    registry.removeFirstKey(hash);
    keys.remove(hash);
    registry.forgetKey(org, hash);
    return known;
  }

  @Override
  public void noteUse(String org, String keyId, long atMs) {
    keys.put(use(org, keyId), wire.toBytes(atMs));
  }

  @Override
  public Map<String, Long> lastUses(String org) {
    Map<String, Long> uses = new HashMap<>();
    for (Key key : byHash(org).values()) {
      byte[] at = get(use(org, key.id()));
      if (at != null) {
        uses.put(key.id(), (Long) Objects.requireNonNull(wire.fromBytes(at)));
      }
    }
    return uses;
  }

  @Override
  public void endTokens(EndedTokens tokens, long nowMs) {
    byte[] record = wire.toBytes(new Stored.Ended(tokens, System.currentTimeMillis()));
    ended.put(tokens.subject(), record);
  }

  /** Starts a minute earlier: clocks of nodes differ. */
  @Override
  public EndedTokens.Page endedTokens(long after, long nowMs) {
    List<EndedTokens> found = new ArrayList<>();
    long next = after;
    for (Map.Entry<String, byte[]> each : ended.all().entrySet()) {
      Stored.Ended record = (Stored.Ended) Objects.requireNonNull(wire.fromBytes(each.getValue()));
      if (record.tokens().until() <= nowMs) {
        ended.removeIf(each.getKey(), each.getValue());
      } else if (record.notedAt() >= after - MAX_SKEW_MS) {
        found.add(record.tokens());
        next = Math.max(next, record.notedAt());
      }
    }
    return new EndedTokens.Page(found, next, false);
  }

  @Override
  public String installation(String candidate) {
    return once(INSTALLATION, candidate);
  }

  /** Uses the registry unless the store has its own place. */
  @Override
  public String signingSecret(String candidate) {
    String own = store.signingSecret(candidate);
    return own == null ? once(SECRET, candidate) : own;
  }

  /** Takes it from the registry, where an older version kept it. */
  private void moveSecret() {
    byte[] stored = registry.get(SECRET);
    if (stored != null && store.signingSecret(new String(stored, UTF_8)) != null) {
      registry.remove(SECRET);
    }
  }

  private String once(String name, String candidate) {
    byte[] before = registry.putIfAbsent(name, candidate.getBytes(UTF_8));
    return before == null ? candidate : new String(before, UTF_8);
  }

  /** Includes revoked ones not yet deleted. */
  private Map<String, Key> byHash(String org) {
    Map<String, Key> byHash = new HashMap<>(registry.firstKeys());
    for (String hash : registry.keys(org)) {
      byte[] stored = get(hash);
      if (stored != null) {
        byHash.put(hash, (Key) Objects.requireNonNull(wire.fromBytes(stored)));
      }
    }
    byHash.values().removeIf(key -> !key.org().equals(org));
    return byHash;
  }

  private boolean good(Key key) {
    return get(mark(key.org(), key.id())) == null
        && (key.mintedBy() == null || get(mark(key.org(), key.mintedBy())) == null);
  }

  private byte @Nullable [] get(String key) {
    return keys.get(key);
  }

  /** Differs from all marks: no org has an empty id. */
  private static String use(String org, String keyId) {
    return Registry.SEPARATOR + "use" + Registry.SEPARATOR + org + Registry.SEPARATOR + keyId;
  }

  private static String mark(String org, String keyId) {
    return org + Registry.SEPARATOR + keyId;
  }
}
