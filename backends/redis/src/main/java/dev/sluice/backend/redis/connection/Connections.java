package dev.sluice.backend.redis.connection;

import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** Connections to one server, the master that sentinels name, or the nodes of a cluster. */
public interface Connections extends AutoCloseable {

  /**
   * Borrows a connection to the server of the command's key.
   *
   * @throws JedisException if there is none: its cause is a {@link
   *     java.util.NoSuchElementException} where all are in use
   */
  Connection to(CommandArguments command);

  /**
   * The server of the command's key: equal for commands that one server can run. This object if
   * there is only one server, or if it isn't known.
   */
  Object holder(CommandArguments command);

  /** Servers, as {@link #holder}, and how to borrow a connection. */
  Map<Object, Supplier<Connection>> everyServer();

  /**
   * A new connection, not open yet and outside the pool.
   *
   * @param server as {@link #holder}; this object stands for any of the servers
   * @param answerMs time-out of reads
   * @throws JedisException if no server is known
   */
  Connection apart(Object server, int answerMs);

  /**
   * Closes a server's idle connections after one failed: most likely the others would fail a call
   * each.
   *
   * @param server as {@link #holder}
   */
  void forgetIdle(Object server);

  /** Call after a server said that it doesn't hold a key. */
  void learn();

  @Override
  void close();
}
