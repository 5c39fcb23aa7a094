package dev.sluice.backend.redis.connection;

import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** Where connections come from: one server, the master that sentinels name, or a cluster. */
public interface Connections extends AutoCloseable {

  /**
   * Borrows a connection to the server that holds the command's key.
   *
   * @throws JedisException if there is none: its cause is a {@link
   *     java.util.NoSuchElementException} where all are in use
   */
  Connection to(CommandArguments command);

  /**
   * Which server holds the command's key: equal for commands that one server can carry out. These
   * connections themselves where there is but one, or that isn't known.
   */
  Object holder(CommandArguments command);

  /** For each server that holds keys, as {@link #holder}, where to borrow a connection to it. */
  Map<Object, Supplier<Connection>> everyServer();

  /**
   * A connection of its own to one of the servers, not yet open and not to be given back.
   *
   * @param answerMs how long to wait for anything to come
   * @throws JedisException if no server is known
   */
  Connection apart(int answerMs);

  /**
   * Closes idle connections to a server: one failed, and each of the others would most likely fail
   * a call.
   *
   * @param server as {@link #holder}
   */
  void forgetIdle(Object server);

  /** Learns anew which server holds what, since one said that it doesn't hold what it was asked. */
  void learn();

  @Override
  void close();
}
