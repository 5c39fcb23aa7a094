package dev.sluice.backend.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Names;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.redis.reply.Json;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.script.Keys;
import dev.sluice.backend.redis.script.LuaScript;
import dev.sluice.backend.redis.script.OrgList;
import dev.sluice.backend.redis.script.ScriptRunner;
import dev.sluice.backend.redis.script.ScriptRunner.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

  private final ScriptRunner scripts;
  private final OrgList orgs;

  RedisCredentials(ScriptRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    Object added =
        scripts.runForAll(
            LuaScript.ADD_KEY,
            List.of(Keys.CREDENTIALS, Keys.keysOf(key.org()), Keys.EXPIRIES),
            List.of(
                hash,
                Json.write(key),
                Text.name(key.id()),
                key.expiresAt() == null ? "" : Long.toString(key.expiresAt())));
    return Long.valueOf(1).equals(added);
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
    Object stored = scripts.runForAll(LuaScript.FIRST_KEYS, names, arguments);
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
    List<Key> keys = new ArrayList<>(stored(org));
    Object revoked = scripts.send(new CommandArguments(Command.SMEMBERS).key(Keys.revoked(org)));
    Set<String> gone = new HashSet<>(Reply.texts(revoked));
    keys.removeIf(key -> gone.contains(key.id()) || gone.contains(key.mintedBy()));
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
    return records(Keys.CREDENTIALS, hashes).stream()
        .map(RedisCredentials::key)
        .filter(this::good)
        .toList();
  }

  /** Includes revoked ones that are not deleted yet. */
  private List<Key> stored(String org) {
    List<String> hashes =
        Reply.texts(scripts.send(new CommandArguments(Command.HKEYS).key(Keys.keysOf(org))));
    return records(Keys.CREDENTIALS, hashes).stream().map(RedisCredentials::key).toList();
  }

  /** Leaves out missing fields. */
  private List<Object> records(String hash, List<String> fields) {
    if (fields.isEmpty()) {
      return List.of();
    }
    CommandArguments look = new CommandArguments(Command.HMGET).key(hash);
    fields.forEach(look::add);
    List<Object> found = new ArrayList<>();
    for (Object record : scripts.send(look) instanceof List<?> all ? all : List.of()) {
      if (record != null) {
        found.add(record);
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
      family = Key.family(stored(org), keyId);
      for (int i = family.size() - 1; i >= 0; i--) {
        if (noted.add(family.get(i))) {
          scripts.runRepeatable(LuaScript.REVOKE, org, Run.of(org, Text.name(family.get(i))));
        }
      }
      family = Key.family(stored(org), keyId);
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
            LuaScript.DROP_KEY,
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
        LuaScript.END_TOKENS,
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
        records(Keys.ENDED, subjects).stream()
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
