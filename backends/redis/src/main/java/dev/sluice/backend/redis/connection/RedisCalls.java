package dev.sluice.backend.redis.connection;

import dev.sluice.backend.BackendUnavailableException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Requests to Redis: for each server a pool of connections with short time-outs, and a breaker.
 *
 * <p>A call waits at most one time-out for a connection and {@link #answerMs} for its answer, so
 * that it rides out a pause of the server of a time-out. The {@link Breaker} ends it sooner when
 * the server answers no probe either.
 *
 * <p>Connections are borrowed here, to tell a request that was never sent from one whose answer is
 * missing.
 */
public final class RedisCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisCalls.class);

  /** Moves of its key that a request follows. */
  private static final int MAX_MOVES = 3;

  private static final int WATCH_MS = 100;

  private final String where;
  private final Connections connections;
  private final Map<Object, Breaker> breakers = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor watch = daemon("redis-watch", 1);
  private final ScheduledThreadPoolExecutor probes = daemon("redis-probe", 2);
  private final int timeoutMs;
  private final Map<Object, AtomicLong> failures = new ConcurrentHashMap<>();
  private final AtomicLong lostAnswers = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param where for people
   */
  public RedisCalls(Connections connections, String where, int timeoutMs) {
    this.connections = connections;
    this.where = where;
    this.timeoutMs = timeoutMs;
    repeat(() -> breakers.values().forEach(Breaker::watch), WATCH_MS);
  }

  public int timeoutMs() {
    return timeoutMs;
  }

  /** A request that has no answer then fails. */
  public int answerMs() {
    return answerMs(timeoutMs);
  }

  static int answerMs(int timeoutMs) {
    return timeoutMs * 3 / 2;
  }

  /**
   * Opens outside pool and breaker.
   *
   * @param answerMs time-out of reads
   * @throws JedisException if there is none
   */
  public Connection connect(int answerMs) {
    Connection connection = connections.apart(connections, answerMs);
    connection.connect();
    return connection;
  }

  public Future<?> repeat(Runnable task, long everyMs) {
    return watch.scheduleWithFixedDelay(task, everyMs, everyMs, TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor daemon(String name, int threads) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /**
   * Failed connections to the server of a command's key. A change means that facts about the server
   * may be outdated.
   */
  public Failed failures(CommandArguments routed) {
    Object server = connections.holder(routed);
    return new Failed(server, failures(server).get());
  }

  /**
   * @param server {@link Connections#holder}
   */
  public record Failed(Object server, long times) {}

  public boolean holds(Object server, String key) {
    return connections.holder(new CommandArguments(Command.GET).key(key)).equals(server);
  }

  private AtomicLong failures(Object server) {
    return failures.computeIfAbsent(server, none -> new AtomicLong());
  }

  /**
   * Sends one command.
   *
   * @param again true if the command may run twice: it is sent again when its connection was cut
   *     (not when it waited in vain)
   * @return as Jedis gives it: bytes, a Long, a list of these, or null
   * @throws BackendUnavailableException if no answer came
   * @throws JedisDataException if the answer was an error
   */
  public Object send(CommandArguments command, boolean again) {
    return sendWhere(command, command, again);
  }

  /**
   * @param routed its key decides where
   */
  public Object sendWhere(CommandArguments routed, CommandArguments command, boolean again) {
    Function<Connection, Object> request = connection -> connection.executeCommand(command);
    try {
      return onServer(routed, request);
    } catch (BackendUnavailableException e) {
      boolean cutOff = e.outcomeUnknown() && e.getCause() instanceof CutException;
      if (again && cutOff && !breaker(connections.holder(routed)).isOpen()) {
        return onServer(routed, request);
      }
      throw e;
    }
  }

  /**
   * Sends commands, those of one server together and in order.
   *
   * @return each as in {@link #send}, or a {@link JedisDataException}
   * @throws BackendUnavailableException if one of the servers is away, or its keys are moving
   */
  public List<Object> sendAll(List<CommandArguments> commands) {
    Object[] replies = new Object[commands.size()];
    int[] left = IntStream.range(0, commands.size()).toArray();
    BackendUnavailableException away = null;
    for (int moves = 0; left.length > 0; moves++) {
      for (Map.Entry<Object, int[]> group : byHolder(commands, left).entrySet()) {
        int[] which = group.getValue();
        List<CommandArguments> some = pick(commands, which);
        try {
          List<Object> answers =
              sendTogether(group.getKey(), () -> connections.to(some.get(0)), some);
          for (int i = 0; i < which.length; i++) {
            replies[which[i]] = answers.get(i);
          }
        } catch (BackendUnavailableException e) {
          away = e; // the other servers get their commands
        }
      }
      left =
          IntStream.of(left).filter(i -> replies[i] instanceof JedisMovedDataException).toArray();
      if (left.length > 0) {
        if (moves == MAX_MOVES) {
          throw moving((JedisMovedDataException) replies[left[0]]);
        }
        connections.learn();
      }
    }
    if (away != null) {
      throw away;
    }
    return Arrays.asList(replies);
  }

  private Map<Object, int[]> byHolder(List<CommandArguments> commands, int[] which) {
    if (which.length == 1) {
      return Map.of(connections.holder(commands.get(which[0])), which);
    }
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int i : which) {
      Object holder = connections.holder(commands.get(i));
      groups.computeIfAbsent(holder, none -> new ArrayList<>()).add(i);
    }
    Map<Object, int[]> arrays = new LinkedHashMap<>();
    groups.forEach(
        (holder, group) ->
            arrays.put(holder, group.stream().mapToInt(Integer::intValue).toArray()));
    return arrays;
  }

  private static List<CommandArguments> pick(List<CommandArguments> commands, int[] which) {
    return IntStream.of(which).mapToObj(commands::get).toList();
  }

  /**
   * Sends commands to every server that holds keys.
   *
   * @return for each server its replies, as in {@link #sendAll}
   */
  public List<List<Object>> sendEverywhere(List<CommandArguments> commands) {
    List<List<Object>> replies = new ArrayList<>();
    servers()
        .forEach((server, connection) -> replies.add(sendTogether(server, connection, commands)));
    return replies;
  }

  /** As {@link #sendEverywhere}, but leaves out servers that are away. */
  public List<List<Object>> sendToReachable(List<CommandArguments> commands) {
    List<List<Object>> replies = new ArrayList<>();
    servers()
        .forEach(
            (server, connection) -> {
              try {
                replies.add(sendTogether(server, connection, commands));
              } catch (BackendUnavailableException e) {
                LOG.debug("{} is left out", server, e);
              }
            });
    return replies;
  }

  private Map<Object, Supplier<Connection>> servers() {
    try {
      return connections.everyServer();
    } catch (JedisException e) {
      throw unavailable("can't be reached", false, e);
    }
  }

  private List<Object> sendTogether(
      Object server, Supplier<Connection> borrow, List<CommandArguments> commands) {
    return onConnection(
        server,
        borrow,
        connection -> {
          commands.forEach(connection::sendCommand);
          return connection.getMany(commands.size());
        });
  }

  /** Follows a key that a cluster has moved; the request has not run. */
  private <T> T onServer(CommandArguments routed, Function<Connection, T> request) {
    for (int moves = 0; ; moves++) {
      try {
        return onConnection(connections.holder(routed), () -> connections.to(routed), request);
      } catch (JedisMovedDataException e) {
        if (moves == MAX_MOVES) {
          throw moving(e);
        }
        connections.learn();
      }
    }
  }

  private <T> T onConnection(
      Object server, Supplier<Connection> borrow, Function<Connection, T> request) {
    if (closed) {
      throw unavailable("is closed", false, new IllegalStateException("closed"));
    }
    Breaker breaker = breaker(server);
    if (breaker.isOpen()) {
      throw unavailable("doesn't answer", false, new IllegalStateException("no probe is answered"));
    }
    Connection connection;
    try {
      connection = borrow.get();
    } catch (JedisException e) {
      if (e.getCause() instanceof NoSuchElementException) {
        // All connections are in use: their calls tell if the server answers.
        throw unavailable("has no free connection", false, e);
      }
      failed(server, breaker);
      // An error reply, for example to the login, says why and holds no secret.
      String why = e instanceof JedisDataException ? ": " + e.getMessage() : "";
      throw unavailable("can't be reached" + why, false, e);
    }
    Breaker.Request underWay = breaker.begins(connection);
    try (connection) {
      return request.apply(connection);
    } catch (JedisConnectionException e) {
      failed(server, breaker);
      if (underWay.ended() || e.getCause() instanceof SocketTimeoutException) {
        throw unavailable("doesn't answer in time", true, e);
      }
      throw unavailable("cut the connection", true, new CutException(e));
    } finally {
      breaker.answered(underWay);
    }
  }

  /** The server, or something on the way, closed the connection of a request. */
  private static final class CutException extends JedisConnectionException {
    private static final long serialVersionUID = 1;

    CutException(JedisConnectionException cause) {
      super(cause);
    }
  }

  private Breaker breaker(Object server) {
    Breaker known = breakers.get(server);
    return known == null ? breakers.computeIfAbsent(server, this::newBreaker) : known;
  }

  private Breaker newBreaker(Object server) {
    String name = server == connections ? where : where + ", node " + server;
    return new Breaker(name, () -> connections.apart(server, timeoutMs), probes, answerMs());
  }

  private void failed(Object server, Breaker breaker) {
    failures(server).incrementAndGet();
    connections.forgetIdle(server);
    breaker.ask();
  }

  /** While a key moves, two nodes may each name the other for a moment. */
  private BackendUnavailableException moving(JedisMovedDataException e) {
    return unavailable("has a key on its way to another node", false, e);
  }

  /** Calls that may have run although no answer came. */
  public long lostAnswers() {
    return lostAnswers.get();
  }

  private BackendUnavailableException unavailable(String what, boolean unknown, Throwable cause) {
    if (unknown) {
      lostAnswers.incrementAndGet();
    }
    return new BackendUnavailableException("Redis at " + where + " " + what, unknown, cause);
  }

  @Override
  public void close() {
    closed = true;
    watch.shutdownNow();
    probes.shutdownNow();
    connections.close();
  }
}
