package dev.sluice.backend.redis.connection;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Tells a server that is gone from one that is slow. A request that fails or waits long only makes
 * it ask: it sends a probe, a PING on a connection of its own. An unanswered probe opens it, which
 * ends the requests under way and refuses new ones; it then probes until one is answered.
 */
final class Breaker {

  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

  /** A request that waits so long makes the breaker ask. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final int PAUSE_MS = 100;

  private final String where;
  private final Supplier<Connection> apart;
  private final ScheduledExecutorService probes;
  private final long mostNanos;
  private final Set<Request> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile boolean open;

  /**
   * @param where for people
   * @param apart a connection for a probe, not open yet, whose time-outs limit the probe
   * @param mostMs a request that waits longer loses its connection: writes have no time-out
   */
  Breaker(String where, Supplier<Connection> apart, ScheduledExecutorService probes, int mostMs) {
    this.where = where;
    this.apart = apart;
    this.probes = probes;
    mostNanos = TimeUnit.MILLISECONDS.toNanos(mostMs);
  }

  /** A request that waits for its answer. */
  static final class Request {
    private final Connection connection;
    private final long start = System.nanoTime();
    private volatile boolean ended;

    private Request(Connection connection) {
      this.connection = connection;
    }

    /** True if it lost its connection because it had waited in vain. */
    boolean ended() {
      return ended;
    }

    private void end() {
      ended = true;
      try {
        connection.forceDisconnect();
      } catch (IOException e) {
        LOG.debug("while closing a connection", e);
      }
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Call {@link #answered} at the end of the request, whatever it is. */
  Request begins(Connection connection) {
    Request request = new Request(connection);
    underWay.add(request);
    return request;
  }

  void answered(Request request) {
    underWay.remove(request);
  }

  /** Looks at the requests under way. */
  void watch() {
    long now = System.nanoTime();
    for (Request request : underWay) {
      long waited = now - request.start;
      if (waited > SLOW_NANOS) {
        ask();
      }
      if (waited > mostNanos) {
        request.end();
      }
    }
  }

  /** Sends a probe, unless one is under way. */
  void ask() {
    if (probing.compareAndSet(false, true)) {
      probeIn(0);
    }
  }

  private void probeIn(int ms) {
    try {
      probes.schedule(this::probe, ms, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed", e);
    }
  }

  private void probe() {
    if (isAnswered()) {
      probing.set(false);
      if (open) {
        open = false;
        LOG.info("Redis at {} answers again", where);
      }
    } else if (!probes.isShutdown()) {
      if (!open) {
        open = true;
        LOG.warn("Redis at {} doesn't answer; calls are refused until it does", where);
      }
      underWay.forEach(Request::end);
      probeIn(PAUSE_MS);
    }
  }

  private boolean isAnswered() {
    try (Connection connection = apart.get()) {
      connection.connect();
      return connection.ping();
    } catch (JedisDataException e) {
      LOG.debug("{} answers a probe with an error", where, e);
      return true;
    } catch (JedisException e) {
      LOG.debug("{} answers no probe", where, e);
      return false;
    }
  }
}
