package dev.sluice.backend.redis;

import dev.sluice.backend.BackendUnavailableException;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The version of the layout of what is stored. Written by the first node that comes to an empty
 * store; a store of another one is refused.
 */
final class Schema {

  /** What this build writes and reads. */
  static final int VERSION = 3;

  private final RedisCalls calls;

  /** As of how many connection failures the version was seen to fit; -1 for never. */
  private volatile long fits = -1;

  Schema(RedisCalls calls) {
    this.calls = calls;
  }

  /**
   * Makes sure that the stored data can be read. Asks the store at the first call and after a
   * connection failed, since another store may have come up then.
   *
   * @throws BackendUnavailableException if it can't be, or the store doesn't answer
   */
  void check() {
    if (fits != calls.failures()) {
      checkNow();
    }
  }

  /** The same, asking in any case. */
  void checkNow() {
    long failures = calls.failures();
    List<Object> replies =
        calls.sendAll(
            List.of(
                new CommandArguments(Command.SET)
                    .key(Keys.VERSION)
                    .add(String.valueOf(VERSION))
                    .add("NX"),
                new CommandArguments(Command.GET).key(Keys.VERSION)));
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw Failures.of(error);
      }
    }
    String found = Reply.text(replies.get(1));
    if (!found.equals(String.valueOf(VERSION))) {
      fits = -1;
      throw new BackendUnavailableException(
          "the stored data has version " + found + ", this build reads version " + VERSION,
          false,
          new IllegalStateException("version " + found));
    }
    fits = failures;
  }
}
