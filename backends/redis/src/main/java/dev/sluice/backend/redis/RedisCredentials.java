package dev.sluice.backend.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Names;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.Keys;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.Json;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.transfer.OrgRecord.StoredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Keys of all orgs by the hash of their secret. */
final class RedisCredentials implements Credentials {

  private static final int ENDED_PAGE = 1_000;

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisCredentials(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    Reply closure = scripts.run(LuaFunction.CLOSURE, key.org(), Run.of(key.org()));
    if (closure.size() > 1) {
      throw RefusedException.of(Refusal.CLOSED, key.org());
    }
    return store(hash, key);
  }

  /** Tells it behind the key, whose secret nobody has seen before this call ends. */
  @Override
  public boolean mintKey(String hash, Key key) {
    orgs.add(key.org());
    boolean added = addKey(hash, key);
    if (added) {
      tell(key);
    }
    return added;
  }

  private void tell(Key key) {
    try {
      scripts.run(LuaFunction.NOTE_KEY, key.org(), Run.of(key.org(), Text.name(key.id())));
    } catch (RefusedException e) { // closed meanwhile: a copy may be without it
      drop(key.org(), key.id());
      throw e;
    }
  }

  private boolean store(String hash, Key key) {
    Object added =
        scripts.runForAll(
            LuaFunction.ADD_KEY,
            List.of(Keys.CREDENTIALS, Keys.keysOf(key.org()), Keys.EXPIRIES),
            List.of(
                hash,
                Json.write(key),
                Text.name(key.id()),
                key.expiresAt() == null ? "" : Long.toString(key.expiresAt())));
    return isSet(added);
  }

  /**
   * @throws RefusedException {@link Refusal#CONFLICT} if another org has it
   */
  boolean has(String org, String hash) {
    Object found = scripts.send(new CommandArguments(Command.HGET).key(Keys.CREDENTIALS).add(hash));
    if (found != null && !key(found).org().equals(org)) {
      throw RefusedException.of(Refusal.CONFLICT, key(found).id());
    }
    return found != null;
  }

  /** Stores a key of another org, unless there is one of its hash. */
  void copy(String org, StoredKey stored) {
    Key key = stored.key().in(org);
    if (!store(stored.hash(), key)) {
      has(org, stored.hash());
    } else if (stored.lastUseMs() > 0) {
      scripts.send(
          new CommandArguments(Command.HSETNX)
              .key(Keys.usesOf(org))
              .add(Text.name(key.id()))
              .add(stored.lastUseMs()));
    }
  }

  /** By the bytes of their hashes. */
  List<StoredKey> copies(String org) {
    Map<String, Long> uses = lastUses(org);
    List<StoredKey> copies = new ArrayList<>();
    standing(org)
        .forEach(
            (hash, key) -> copies.add(new StoredKey(hash, key, uses.getOrDefault(key.id(), 0L))));
    copies.sort((a, b) -> Names.compareBytes(a.hash(), b.hash()));
    return copies;
  }

  /** Deletes the keys that an import has stored. */
  void discardImported(String org) {
    CommandArguments noted = new CommandArguments(Command.SMEMBERS).key(Keys.imported(org));
    Map<String, Key> own = byHash(org);
    Map<String, Key> imported = new HashMap<>();
    for (String hash : Reply.texts(scripts.send(noted))) {
      Key key = own.remove(hash);
      if (key != null) {
        imported.put(hash, key);
      }
    }
    Set<String> ids = new HashSet<>();
    own.values().forEach(key -> ids.add(key.id()));
    imported.forEach(
        (hash, key) -> {
          if (!ids.contains(key.id())) {
            delete(Command.HDEL, Keys.usesOf(org), key.id());
          }
          delete(Command.ZREM, Keys.EXPIRIES, hash);
          delete(Command.HDEL, Keys.CREDENTIALS, hash);
          delete(Command.HDEL, Keys.keysOf(org), hash);
        });
    scripts.send(new CommandArguments(Command.UNLINK).key(Keys.imported(org)));
  }

  private void delete(Command command, String key, String member) {
    scripts.send(new CommandArguments(command).key(key).add(member));
  }

  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    List<String> names = new ArrayList<>(List.of(Keys.FIRST_KEYS, Keys.CREDENTIALS));
    List<String> arguments = new ArrayList<>();
    keysByHash.forEach(
        (hash, key) -> {
          names.add(Keys.keysOf(key.org()));
          arguments.add(hash);
          arguments.add(Json.write(key));
          arguments.add(Text.name(key.id()));
        });
    Object stored = scripts.runForAll(LuaFunction.FIRST_KEYS, names, arguments);
    return Long.valueOf(1).equals(stored);
  }

  @Override
  public Optional<Key> findKey(String hash) {
    Object found = scripts.send(new CommandArguments(Command.HGET).key(Keys.CREDENTIALS).add(hash));
    if (found == null) {
      return Optional.empty();
    }
    return Optional.of(key(found)).filter(this::good);
  }

  private boolean good(Key key) {
    String revoked = Keys.revoked(key.org());
    boolean gone = isMember(revoked, key.id());
    boolean orphan = key.mintedBy() != null && isMember(revoked, key.mintedBy());
    return !gone && !orphan;
  }

  private static boolean isSet(@Nullable Object number) {
    return Long.valueOf(1).equals(number);
  }

  private static Key key(Object json) {
    return read(json, Key.class);
  }

  private static <T> T read(Object json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(Reply.text(json), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored credential can't be read", e);
    }
  }

  private boolean isMember(String set, String id) {
    return isSet(scripts.send(new CommandArguments(Command.SISMEMBER).key(set).add(Text.name(id))));
  }

  @Override
  public List<Key> keys(String org) {
    List<Key> keys = new ArrayList<>(standing(org).values());
    keys.sort((a, b) -> Names.compareBytes(a.id(), b.id()));
    return List.copyOf(keys);
  }

  @Override
  public List<Key> expired(long nowMs) {
    List<String> hashes =
        Reply.texts(
            scripts.send(
                new CommandArguments(Command.ZRANGEBYSCORE)
                    .key(Keys.EXPIRIES)
                    .add("-inf")
                    .add(nowMs)));
    return records(Keys.CREDENTIALS, hashes).values().stream()
        .map(RedisCredentials::key)
        .filter(this::good)
        .toList();
  }

  /** Leaves out revoked ones. */
  private Map<String, Key> standing(String org) {
    Map<String, Key> keys = byHash(org);
    Object revoked = scripts.send(new CommandArguments(Command.SMEMBERS).key(Keys.revoked(org)));
    Set<String> gone = new HashSet<>(Reply.texts(revoked));
    keys.values().removeIf(key -> gone.contains(key.id()) || gone.contains(key.mintedBy()));
    return keys;
  }

  /** Includes revoked ones that are not deleted yet. */
  private Map<String, Key> byHash(String org) {
    List<String> hashes =
        Reply.texts(scripts.send(new CommandArguments(Command.HKEYS).key(Keys.keysOf(org))));
    Map<String, Key> keys = new HashMap<>();
    records(Keys.CREDENTIALS, hashes).forEach((hash, json) -> keys.put(hash, key(json)));
    return keys;
  }

  /** Leaves out missing fields. */
  private Map<String, Object> records(String hash, List<String> fields) {
    if (fields.isEmpty()) {
      return Map.of();
    }
    CommandArguments look = new CommandArguments(Command.HMGET).key(hash);
    fields.forEach(look::add);
    Map<String, Object> found = new LinkedHashMap<>();
    List<?> all = scripts.send(look) instanceof List<?> values ? values : List.of();
    for (int i = 0; i < all.size(); i++) {
      Object record = all.get(i);
      if (record != null) {
        found.put(fields.get(i), record);
      }
    }
    return found;
  }

  @Override
  public boolean revoke(String org, String keyId) {
    orgs.add(org);
    Set<String> noted = new HashSet<>();
    List<String> family = List.of(keyId);
    // Children first, so that a repeat finds the rest; and again for keys minted meanwhile.
    while (!noted.containsAll(family)) {
      family = Key.family(byHash(org).values(), keyId);
      for (int i = family.size() - 1; i >= 0; i--) {
        if (noted.add(family.get(i))) {
          scripts.run(LuaFunction.REVOKE, org, Run.of(org, Text.name(family.get(i))));
        }
      }
      family = Key.family(byHash(org).values(), keyId);
    }
    boolean known = false;
    for (int i = family.size() - 1; i >= 0; i--) {
      known = drop(org, family.get(i));
    }
    return known;
  }

  private boolean drop(String org, String keyId) {
    return isSet(
        scripts.runForAll(
            LuaFunction.DROP_KEY,
            List.of(Keys.CREDENTIALS, Keys.keysOf(org), Keys.usesOf(org), Keys.EXPIRIES),
            List.of(Text.name(keyId))));
  }

  @Override
  public void noteUse(String org, String keyId, long atMs) {
    scripts.send(
        new CommandArguments(Command.HSET).key(Keys.usesOf(org)).add(Text.name(keyId)).add(atMs));
  }

  @Override
  public Map<String, Long> lastUses(String org) {
    List<String> pairs =
        Reply.texts(scripts.send(new CommandArguments(Command.HGETALL).key(Keys.usesOf(org))));
    Map<String, Long> uses = new HashMap<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      uses.put(pairs.get(i), Long.valueOf(pairs.get(i + 1)));
    }
    return uses;
  }

  @Override
  public void endTokens(EndedTokens ended, long nowMs) {
    scripts.runForAll(
        LuaFunction.END_TOKENS,
        List.of(Keys.ENDED, Keys.ENDED_ORDER, Keys.ENDED_UNTIL),
        List.of(
            Text.name(ended.subject()),
            Json.write(ended),
            Long.toString(ended.until()),
            Long.toString(nowMs)));
  }

  @Override
  public EndedTokens.Page endedTokens(long after, long nowMs) {
    List<String> pairs =
        Reply.texts(
            scripts.send(
                new CommandArguments(Command.ZRANGEBYSCORE)
                    .key(Keys.ENDED_ORDER)
                    .add("(" + after)
                    .add("+inf")
                    .add("WITHSCORES")
                    .add("LIMIT")
                    .add(0)
                    .add(ENDED_PAGE)));
    List<String> subjects = new ArrayList<>();
    long next = after;
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      subjects.add(pairs.get(i));
      next = (long) Double.parseDouble(pairs.get(i + 1));
    }
    List<EndedTokens> ended =
        records(Keys.ENDED, subjects).values().stream()
            .map(json -> read(json, EndedTokens.class))
            .filter(each -> each.until() > nowMs)
            .toList();
    return new EndedTokens.Page(ended, next, subjects.size() == ENDED_PAGE);
  }

  @Override
  public String installation(String candidate) {
    return scripts.setOnce(Keys.INSTALLATION, candidate);
  }

  @Override
  public String signingSecret(String candidate) {
    return scripts.setOnce(Keys.SIGNING_SECRET, candidate);
  }
}
