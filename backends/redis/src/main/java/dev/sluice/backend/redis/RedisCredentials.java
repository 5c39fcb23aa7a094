package dev.sluice.backend.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Keys by the hash of their secret, and the signing secret, for all orgs. */
final class RedisCredentials implements Credentials {

  private final RedisCalls calls;
  private final Schema schema;
  private final ScriptRunner scripts;
  private final OrgList orgs;

  RedisCredentials(RedisCalls calls, Schema schema, ScriptRunner scripts, OrgList orgs) {
    this.calls = calls;
    this.schema = schema;
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    Object added =
        scripts.runForAll(
            LuaScript.ADD_KEY,
            List.of(Keys.CREDENTIALS, Keys.keysOf(key.org())),
            List.of(hash, Json.write(key), Text.name(key.id())));
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
    Object found = send(new CommandArguments(Command.HGET).key(Keys.CREDENTIALS).add(hash), true);
    if (found == null) {
      return Optional.empty();
    }
    Key key = key(found);
    boolean revoked =
        isSet(
            send(
                new CommandArguments(Command.SISMEMBER)
                    .key(Keys.revoked(key.org()))
                    .add(Text.name(key.id())),
                true));
    return revoked ? Optional.empty() : Optional.of(key);
  }

  private static boolean isSet(@Nullable Object number) {
    return Long.valueOf(1).equals(number);
  }

  private static Key key(Object json) {
    try {
      return Json.MAPPER.readValue(Reply.text(json), Key.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored key can't be read", e);
    }
  }

  @Override
  public List<Key> keys(String org) {
    Object hashes = send(new CommandArguments(Command.HKEYS).key(Keys.keysOf(org)), true);
    if (!(hashes instanceof List<?> all) || all.isEmpty()) {
      return List.of();
    }
    CommandArguments look = new CommandArguments(Command.HMGET).key(Keys.CREDENTIALS);
    Reply.texts(all).forEach(look::add);
    Object revoked = send(new CommandArguments(Command.SMEMBERS).key(Keys.revoked(org)), true);
    Set<String> gone = new HashSet<>(Reply.texts(revoked instanceof List<?> ids ? ids : List.of()));
    List<Key> keys = new ArrayList<>();
    for (Object json : send(look, true) instanceof List<?> found ? found : List.of()) {
      if (json != null && !gone.contains(key(json).id())) {
        keys.add(key(json));
      }
    }
    keys.sort((a, b) -> Names.compareBytes(a.id(), b.id()));
    return List.copyOf(keys);
  }

  @Override
  public boolean revoke(String org, String keyId) {
    orgs.add(org);
    scripts.runRepeatable(
        LuaScript.REVOKE, Subject.org(org), ScriptRunner.Run.of(org, Text.name(keyId)));
    return isSet(
        scripts.runForAll(
            LuaScript.DROP_KEY, List.of(Keys.CREDENTIALS, Keys.keysOf(org)), List.of(keyId)));
  }

  @Override
  public String signingSecret(String candidate) {
    schema.check();
    List<Object> replies =
        calls.sendAll(
            List.of(
                new CommandArguments(Command.SETNX).key(Keys.SIGNING_SECRET).add(candidate),
                new CommandArguments(Command.GET).key(Keys.SIGNING_SECRET)));
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw Failures.of(error);
      }
    }
    return Reply.text(replies.get(1));
  }

  private @Nullable Object send(CommandArguments command, boolean again) {
    schema.check();
    try {
      return calls.send(command, again);
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }
}
