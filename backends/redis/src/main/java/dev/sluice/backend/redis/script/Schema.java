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
 * The version of the layout of what is stored. Written by the first node that comes to an empty
 * store; a store of another one is refused.
 */
public final class Schema {

  /** What this build writes and reads. */
  static final int VERSION = 5;

  private final RedisCalls calls;

  private static final CommandArguments READ = new CommandArguments(Command.GET).key(Keys.VERSION);

  /** As of which connection failures the version was seen to fit; null for never. */
  private volatile RedisCalls.@Nullable Failed fits;

  public Schema(RedisCalls calls) {
    this.calls = calls;
  }

  /**
   * Makes sure that the stored data can be read. Asks the store at the first call and after a
   * connection failed, since another store may have come up then.
   *
   * @throws BackendUnavailableException if it can't be, or the store doesn't answer
   */
  public void check() {
    if (!calls.failures(READ).equals(fits)) {
      checkNow();
    }
  }

  /**
   * The same before a call about a key. Of a cluster whose version was seen to fit, the server that
   * holds it need not be there for calls to the others.
   */
  public void check(String key) {
    RedisCalls.Failed seen = fits;
    RedisCalls.Failed now = calls.failures(READ);
    if (!now.equals(seen) && (seen == null || calls.holds(now.server(), key))) {
      checkNow();
    }
  }

  /** The same, asking in any case. */
  public void checkNow() {
    RedisCalls.Failed failures = calls.failures(READ);
    List<Object> replies =
        calls.sendAll(
            List.of(
                new CommandArguments(Command.SET)
                    .key(Keys.VERSION)
                    .add(String.valueOf(VERSION))
                    .add("NX"),
                READ));
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw Failures.of(error);
      }
    }
    String found = Reply.text(replies.get(1));
    if (!found.equals(String.valueOf(VERSION))) {
      fits = null;
      throw new BackendUnavailableException(
          "the stored data has version " + found + ", this build reads version " + VERSION,
          false,
          new IllegalStateException("version " + found));
    }
    fits = failures;
  }
}
