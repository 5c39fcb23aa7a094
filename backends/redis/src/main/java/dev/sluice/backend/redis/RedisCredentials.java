package dev.sluice.backend.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Keys by the hash of their secret, and the signing secret, for all orgs. */
final class RedisCredentials implements Credentials {

  private final RedisCalls calls;
  private final Schema schema;
  private final ScriptRunner scripts;

  RedisCredentials(RedisCalls calls, Schema schema, ScriptRunner scripts) {
    this.calls = calls;
    this.schema = schema;
    this.scripts = scripts;
  }

  @Override
  public boolean addKey(String hash, Key key) {
    Object added =
        send(
            new CommandArguments(Command.HSETNX)
                .key(Keys.CREDENTIALS)
                .add(hash)
                .add(Json.write(key)),
            false);
    return Long.valueOf(1).equals(added);
  }

  @Override
  public boolean addFirstKeys(Map<String, Key> keysByHash) {
    List<String> arguments = new ArrayList<>();
    keysByHash.forEach(
        (hash, key) -> {
          arguments.add(hash);
          arguments.add(Json.write(key));
        });
    Object stored =
        scripts.runForAll(
            LuaScript.FIRST_KEYS, List.of(Keys.FIRST_KEYS, Keys.CREDENTIALS), arguments);
    return Long.valueOf(1).equals(stored);
  }

  @Override
  public Optional<Key> findKey(String hash) {
    Object found = send(new CommandArguments(Command.HGET).key(Keys.CREDENTIALS).add(hash), true);
    if (found == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(Reply.text(found), Key.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored key " + hash + " can't be read", e);
    }
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
