package dev.sluice.backend.redis;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.function.Keys;
import dev.sluice.backend.redis.reply.Text;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hints published by scripts. One thread listens on its own connection, from the first subscription
 * on, and reconnects automatically; hints published meanwhile are lost. Only the first subscription
 * waits for it, for a moment.
 */
final class RedisHints implements Hints, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisHints.class);

  /** Pings on the connection. */
  private static final int PING_MS = 5_000;

  /** Declares a connection without any data lost. */
  private static final int SILENCE_MS = 3 * PING_MS;

  private static final long PAUSE_MS = 250;

  private final RedisCalls calls;
  private final List<Consumer<Hint>> listeners = new CopyOnWriteArrayList<>();

  /** Opens after the first attempt to subscribe. */
  private final CountDownLatch tried = new CountDownLatch(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable Connection connection;

  RedisHints(RedisCalls calls) {
    this.calls = calls;
  }

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    // A new object, so that a listener may be subscribed twice.
    Consumer<Hint> own = listener::accept;
    listeners.add(own);
    start();
    try {
      // Hints from now on are heard, if the server answers.
      boolean inTime = tried.await(calls.timeoutMs(), TimeUnit.MILLISECONDS);
      LOG.debug("subscribed to hints {}", inTime ? "" : "as soon as Redis answers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return () -> listeners.remove(own);
  }

  private synchronized void start() {
    if (thread == null && closed.getCount() > 0) {
      thread = new Thread(this::listen, "redis-hints");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void listen() {
    do {
      try (Connection own = calls.connect(SILENCE_MS)) {
        connection = own;
        listenOn(own);
      } catch (JedisException e) {
        LOG.debug("hints aren't heard", e);
      } catch (RuntimeException | Error e) {
        LOG.warn("hints aren't heard for a moment", e); // must not end the thread
      } finally {
        connection = null;
        tried.countDown();
      }
    } while (!isClosedAfter(PAUSE_MS));
  }

  /** Listens until the connection is lost. */
  private void listenOn(Connection own) {
    if (closed.getCount() == 0) {
      return;
    }
    Ears ears = new Ears();
    Future<?> pings = calls.repeat(ears::ping, PING_MS);
    try {
      ears.proceedWithPatterns(own, Keys.HINTS);
    } finally {
      pings.cancel(false);
    }
  }

  private boolean isClosedAfter(long ms) {
    try {
      return closed.await(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void tell(Hint hint) {
    for (Consumer<Hint> listener : listeners) {
      try {
        listener.accept(hint);
      } catch (RuntimeException | Error e) {
        LOG.warn("a listener failed at {}", hint, e);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection open = connection;
    if (open != null) {
      try {
        open.forceDisconnect();
      } catch (IOException e) {
        LOG.debug("while closing the connection of hints", e);
      }
    }
  }

  private final class Ears extends JedisPubSub {

    @Override
    public void onPSubscribe(String pattern, int channels) {
      tried.countDown();
    }

    @Override
    public void onPMessage(String pattern, String channel, String message) {
      String org = channel.substring(channel.indexOf('{') + 1, channel.indexOf('}'));
      for (String text : Text.parts(message)) {
        Hint.Kind kind = kind(text);
        if (kind != null) {
          tell(new Hint(org, kind, text.substring(1)));
        }
      }
    }

    /** Returns null for a kind of a later version. */
    private static Hint.@Nullable Kind kind(String text) {
      return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
        case 'W' -> Hint.Kind.WORK;
        case 'M' -> Hint.Kind.MESSAGE;
        case 'S' -> Hint.Kind.SLOT;
        case 'B' -> Hint.Kind.BATCH;
        case 'C' -> Hint.Kind.SESSION;
        default -> null;
      };
    }
  }
}
