package dev.sluice.backend.redis.script;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The version of the stored layout. The first node on an empty store writes it; a store of another
 * version is refused.
 */
public final class Schema {

  public static final int VERSION = 6;

  private final RedisCalls calls;

  private static final CommandArguments READ = new CommandArguments(Command.GET).key(Keys.VERSION);

  /** Failures at the last check that passed. */
  private volatile RedisCalls.@Nullable Failed fits;

  public Schema(RedisCalls calls) {
    this.calls = calls;
  }

  /**
   * Checks at the first call, and after a connection failed, since another store may have come up
   * then.
   *
   * @throws BackendUnavailableException if it is another version, or the store doesn't answer
   */
  public void check() {
    if (!calls.failures(READ).equals(fits)) {
      checkNow();
    }
  }

  /**
   * In a cluster, once a check has passed, calls to other servers don't need the one that holds the
   * version.
   */
  public void check(String key) {
    RedisCalls.Failed seen = fits;
    RedisCalls.Failed now = calls.failures(READ);
    if (!now.equals(seen) && (seen == null || calls.holds(now.server(), key))) {
      checkNow();
    }
  }

  public void checkNow() {
    RedisCalls.Failed failures = calls.failures(READ);
    String found = setOnce(Keys.VERSION, String.valueOf(VERSION));
    if (!found.equals(String.valueOf(VERSION))) {
      fits = null;
      throw new BackendUnavailableException(
          "the stored data has version " + found + ", this build reads version " + VERSION,
          false,
          new IllegalStateException("version " + found));
    }
    fits = failures;
  }

  /** Stores unless the key has a value; returns the stored one. */
  String setOnce(String key, String value) {
    List<Object> replies =
        calls.sendAll(
            List.of(
                new CommandArguments(Command.SETNX).key(key).add(value),
                new CommandArguments(Command.GET).key(key)));
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw Failures.of(error);
      }
    }
    return Reply.text(replies.get(1));
  }
}
