package dev.sluice.backend.redis;

import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** Where connections come from: one server, the master that sentinels name, or a cluster. */
interface Connections extends AutoCloseable {

  /**
   * Borrows a connection to the server that holds the command's key.
   *
   * @throws JedisException if there is none: its cause is a {@link
   *     java.util.NoSuchElementException} where all are in use
   */
  Connection to(CommandArguments command);

  /**
   * Which server holds the command's key, as far as is known: equal for commands that one server
   * can carry out.
   */
  Object holder(CommandArguments command);

  /** For each server that holds keys, where to borrow a connection to it. */
  List<Supplier<Connection>> everyServer();

  /**
   * A connection of its own to one of the servers, not yet open and not to be given back.
   *
   * @param answerMs how long to wait for anything to come
   */
  Connection apart(int answerMs);

  /** Closes idle connections: one failed, and each of the others would most likely fail a call. */
  void forgetIdle();

  /** Learns anew which server holds what, since one said that it doesn't hold what it was asked. */
  void learn();

  @Override
  void close();
}
