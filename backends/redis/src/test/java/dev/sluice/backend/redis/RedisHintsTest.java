package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

@Timeout(60)
class RedisHintsTest {

  private static final String ORG = "hints";

  private final RedisServerProcess server = RedisServerProcess.start();
  private final BlockingQueue<Hint> heard = new LinkedBlockingQueue<>();
  private QueueBackend backend;
  private int enqueued;

  @BeforeEach
  void open() {
    backend = open(2_000);
  }

  private QueueBackend open(int timeoutMs) {
    return RedisBackend.of(
        RedisAddress.parse("redis://127.0.0.1:" + server.port()),
        4,
        timeoutMs,
        new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
  }

  @AfterEach
  void close() {
    backend.close();
    server.close();
  }

  @Test
  void what_another_node_does_is_heard() throws Exception {
    backend.hints().subscribe(heard::add);
    try (QueueBackend other = open(2_000)) {
      enqueue(other);

      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(work());
    }
  }

  @Test
  void a_lost_connection_comes_back_by_itself() throws Exception {
    backend.hints().subscribe(heard::add);
    try (Jedis jedis = server.connect()) {
      jedis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
    }

    // Until it is back, hints are lost, and calls don't wait for it.
    do {
      enqueue(backend);
    } while (heard.poll(20, TimeUnit.MILLISECONDS) == null);
  }

  @ParameterizedTest
  @MethodSource
  void a_listener_that_fails_keeps_none_from_the_others(Throwable failure) throws Exception {
    backend.hints().subscribe(hint -> fail(failure));
    backend.hints().subscribe(heard::add);

    enqueue(backend);

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(work());
  }

  static Stream<Throwable> a_listener_that_fails_keeps_none_from_the_others() {
    return Stream.of(new IllegalStateException("of no use"), new StackOverflowError());
  }

  /** Throws what needn't be declared. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void fail(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void who_has_unsubscribed_hears_nothing_more() throws Exception {
    BlockingQueue<Hint> none = new LinkedBlockingQueue<>();
    Hints.Subscription subscription = backend.hints().subscribe(none::add);
    backend.hints().subscribe(heard::add);
    subscription.close();

    enqueue(backend);

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(work());
    assertThat(none).isEmpty();
  }

  @Test
  void a_subscription_to_a_server_that_is_away_is_made_later() throws Exception {
    server.freeze();
    try (QueueBackend patient = open(100)) {
      patient.hints().subscribe(heard::add);
      server.thaw();

      do {
        enqueueSoon(patient);
      } while (heard.poll(20, TimeUnit.MILLISECONDS) == null);
    }
  }

  private void enqueueSoon(QueueBackend node) {
    try {
      enqueue(node);
    } catch (BackendUnavailableException e) {
      Thread.onSpinWait();
    }
  }

  private static Hint work() {
    return new Hint(ORG, Hint.Kind.WORK, "web");
  }

  private void enqueue(QueueBackend node) {
    String id = "s-" + ++enqueued;
    node.work()
        .enqueue(ORG, List.of(new NewWork(id, id, id, "web", List.of(), 3, 1, 0, 0, "hash", "{}")));
  }
}
