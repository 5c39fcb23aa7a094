package dev.sluice.service.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.RulesBuilder;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.control.Actor;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.events.EventTails;
import dev.sluice.service.webhooks.Receiver.Post;
import dev.sluice.service.webhooks.WebhookRecord.Delivery;
import dev.sluice.service.webhooks.WebhookRecord.Format;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders on a store, whose looks and time a test makes. */
class WebhookSenderTest {

  private static final String ORG = "acme";
  private static final String ID = "wh_1";
  private static final Actor ANN = new Actor(ORG, "ann");
  private static final String SECRET = WebhookSecrets.random();

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend store =
      new MemoryBackend(RulesBuilder.rules().maxLogged(1_000).build(), clock);
  private final Receiver receiver = new Receiver();
  private final List<Node> nodes = new ArrayList<>();
  private String signing = "the-signing-secret-of-the-server";

  /** A node of several. */
  private final class Node {

    private volatile boolean dead;
    final EventTails tails =
        new EventTails(store.events(), store.sessions(), System::nanoTime, 100);
    final WebhookSender sender =
        new WebhookSender(
            proxy(QueueBackend.class, store),
            new WebhookSecrets(
                new SigningKeys(() -> signing, List.of(), () -> "sluice-of-the-test")),
            tails,
            clock.utc(),
            true);
    final WebhookCalls calls = new WebhookCalls(sender, store.audit());

    Node() {
      tails.start();
      nodes.add(this);
    }

    /** A store that is shared, and that a dead node doesn't reach. */
    private <T> T proxy(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("inProcess")) {
                  return false;
                }
                if (dead) {
                  throw new BackendUnavailableException("dead", false, new IOException());
                }
                try {
                  Object answer = method.invoke(real, arguments);
                  return method.getName().equals("webhooks")
                      ? proxy(Webhooks.class, (Webhooks) answer)
                      : answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    void look() {
      try {
        sender.look();
      } catch (BackendUnavailableException e) {
        assertThat(dead).isTrue();
      }
    }

    void kill() {
      dead = true;
    }

    void stop() throws InterruptedException {
      sender.stop();
      tails.stop();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Node node : nodes) {
      node.stop();
    }
    receiver.close();
    store.close();
  }

  private Node node() {
    return new Node();
  }

  private static NewWebhook wanted(String url) {
    return new NewWebhook(
        url, List.of(), List.of(), Collections.emptySortedMap(), SECRET, Format.STANDARD);
  }

  private Node withWebhook() {
    Node node = node();
    node.calls.create(ANN, ID, wanted(receiver.url()));
    return node;
  }

  /** Events {@code queue.paused}, one each. */
  private void events(String project, int count) {
    for (int n = 0; n < count; n++) {
      store.queues().pause(ORG, project, clock.now() + 3_600_000 + n, new AuditNote("ann", ""));
      if (n + 1 < count) {
        n++;
        store.queues().resume(ORG, project, new AuditNote("ann", ""));
      }
    }
  }

  private long latest() {
    return store.events().after(ORG, 0, 1).latest();
  }

  private WebhookRecord record() {
    return nodes.get(0).sender.table.find(ORG, ID).orElseThrow();
  }

  private List<Delivery> deliveries() {
    WebhookTable table = new WebhookTable(store.webhooks());
    return table.find(ORG, ID).orElseThrow().progress().deliveries();
  }

  private long cursor() {
    return new WebhookTable(store.webhooks()).find(ORG, ID).orElseThrow().progress().cursor();
  }

  private void until(String what, BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + ": %s", receiver.posts().size()).isLessThan(end);
      nodes.forEach(Node::look);
      try {
        TimeUnit.MILLISECONDS.sleep(10); // between two looks
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void untilPosted(int count) {
    until(count + " posts", () -> receiver.posts().size() >= count);
  }

  private void untilWritten(int count) {
    until(
        count + " deliveries",
        () -> deliveries().stream().filter(each -> each.event() > 0).count() >= count);
  }

  private void verify(String secret, Post post) {
    Map<String, List<String>> headers = new HashMap<>();
    post.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    try {
      new Webhook(secret).verify(post.text(), HttpHeaders.of(headers, (name, value) -> true));
    } catch (WebhookVerificationException e) {
      throw new AssertionError(e);
    }
  }

  // What receivers get

  @Test
  void each_event_is_posted_once_and_in_the_form_of_standard_webhooks() {
    withWebhook();
    events("web", 5);
    untilWritten(5);

    assertThat(receiver.posts()).hasSize(5);
    Post first = // a few are sent at a time, in no order
        receiver.posts().stream()
            .filter(post -> post.id().equals("evt_1_1"))
            .findFirst()
            .orElseThrow();
    assertThat(first.path()).isEqualTo("/hook?token=secret-of-the-path");
    assertThat(first.headers()).containsEntry("content-type", "application/json");
    assertThat(first.headers().get("webhook-timestamp"))
        .isEqualTo(Long.toString(clock.now() / 1_000));
    assertThat(first.json().path("type").asText()).isEqualTo("queue.paused");
    assertThat(first.json().path("timestamp").asText()).isEqualTo(clock.utc().instant().toString());
    assertThat(first.json().path("data").path("id").asText()).isEqualTo("1");
    assertThat(first.json().path("data").path("project").asText()).isEqualTo("web");
    assertThat(receiver.posts()).extracting(Post::id).doesNotHaveDuplicates();
    assertThat(cursor()).isEqualTo(latest());
    assertThat(deliveries()).allMatch(Delivery::isDelivered);
  }

  @Test
  void the_reference_library_verifies_the_signature() {
    Node node = withSystemTime();
    node.calls.test(ANN, ID);

    verify(SECRET, receiver.posts().get(0));
    assertThatThrownBy(() -> verify(WebhookSecrets.random(), receiver.posts().get(0)))
        .hasCauseInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void the_secret_before_signs_too_for_a_day() {
    Node node = withSystemTime();
    String second = WebhookSecrets.random();
    node.calls.rotate(ANN, ID, second);
    node.calls.test(ANN, ID);
    verify(SECRET, receiver.posts().get(0));
    verify(second, receiver.posts().get(0));

    clock.jump(WebhookCalls.ROTATION);
    node.calls.test(ANN, ID);
    assertThat(receiver.posts().get(1).headers().get("webhook-signature").split(" ")).hasSize(1);
  }

  /** The library takes signatures of now alone. */
  private Node withSystemTime() {
    clock.jump(Duration.between(clock.utc().instant(), Instant.now()));
    return withWebhook();
  }

  @Test
  void types_and_projects_choose_events() {
    Node node = node();
    node.calls.create(
        ANN,
        ID,
        new NewWebhook(
            receiver.url(),
            List.of("queue.paused"),
            List.of("app"),
            Collections.emptySortedMap(),
            SECRET,
            Format.STANDARD));
    events("web", 4);
    events("app", 4);
    events("web", 4);
    untilWritten(2);
    until("all", () -> receiver.posts().size() == 2);

    assertThat(receiver.posts())
        .allMatch(post -> post.json().at("/data/project").asText().equals("app"))
        .allMatch(post -> post.json().path("type").asText().equals("queue.paused"));
  }

  @Test
  void cloud_events_are_structured() {
    Node node = node();
    node.calls.create(
        ANN,
        ID,
        new NewWebhook(
            receiver.url(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            SECRET,
            Format.CLOUDEVENTS));
    events("web", 1);
    untilPosted(1);

    Post post = receiver.posts().get(0);
    assertThat(post.headers()).containsEntry("content-type", "application/cloudevents+json");
    assertThat(post.text())
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"evt_1_1\",\"source\":\"/sluice/acme\","
                + "\"type\":\"dev.sluice.queue.paused\",\"subject\":\"web\",\"time\":\""
                + clock.utc().instant()
                + "\",\"datacontenttype\":\"application/json\",\"data\":"
                + post.json().path("data")
                + "}");
  }

  @Test
  void a_webhook_gets_the_events_since_it_was_made() {
    events("web", 3);
    withWebhook();
    events("web", 1);
    untilPosted(1);

    assertThat(receiver.posts()).extracting(Post::id).containsExactly("evt_1_4");
  }

  // What fails

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 404, 500})
  void what_was_not_taken_is_sent_again_under_the_same_id(int status) {
    receiver.answer(Receiver.status(status, "Location: " + receiver.url()));
    withWebhook();
    events("web", 1);
    untilWritten(1);
    assertThat(receiver.posts()).as("a redirect is not followed").hasSize(1);
    assertThat(deliveries().get(0).state()).isEqualTo("retrying");
    assertThat(deliveries().get(0).status()).isEqualTo(status);

    receiver.answer(Receiver.status(200));
    clock.jump(Duration.ofSeconds(6));
    untilPosted(2);
    until("written", () -> deliveries().get(0).isDelivered());
    assertThat(receiver.posts()).extracting(Post::id).containsExactly("evt_1_1", "evt_1_1");
    assertThat(deliveries().get(0).attempt()).isEqualTo(2);
  }

  @Test
  void after_seven_attempts_a_delivery_is_dead_and_can_be_replayed() {
    receiver.answer(Receiver.status(500));
    Node node = withWebhook();
    events("web", 1);
    for (int attempt = 1; attempt <= 7; attempt++) {
      int expected = attempt;
      until("attempt " + attempt, () -> has(delivery -> delivery.attempt() == expected));
      clock.jump(Duration.ofHours(13));
    }
    assertThat(receiver.posts()).hasSize(7);
    assertThat(deliveries()).hasSize(1);
    assertThat(deliveries().get(0).state()).isEqualTo("dead");

    receiver.answer(Receiver.status(200));
    node.calls.replay(ANN, ID, 1);
    untilPosted(8);
    until("written", () -> deliveries().get(0).isDelivered());
    assertThat(receiver.posts()).extracting(Post::id).containsOnly("evt_1_1");
    assertThatThrownBy(() -> node.calls.replay(ANN, ID, 2)).isInstanceOf(ApiException.class);
  }

  private boolean has(Predicate<Delivery> delivery) {
    return deliveries().stream().anyMatch(delivery);
  }

  @Test
  void a_receiver_that_is_gone_gets_no_more_until_a_test_succeeds() {
    receiver.answer(Receiver.status(410));
    Node node = withWebhook();
    events("web", 1);
    until("disabled", () -> record().progress().disabled() != null);
    events("web", 2);
    clock.jump(Duration.ofHours(1));
    IntStream.range(0, 20).forEach(n -> node.look());
    assertThat(receiver.posts()).hasSize(1);
    assertThatThrownBy(() -> node.calls.replay(ANN, ID, 1)).isInstanceOf(ApiException.class);
    assertThat(node.calls.test(ANN, ID).status()).isEqualTo(410);
    assertThat(record().progress().disabled()).isNotNull();

    receiver.answer(Receiver.status(200));
    assertThat(node.calls.test(ANN, ID).isDelivered()).isTrue();
    until("written", () -> cursor() == latest());
    assertThat(receiver.posts())
        .extracting(Post::id)
        .filteredOn(id -> !id.contains("test"))
        .containsExactlyInAnyOrder("evt_1_1", "evt_1_2", "evt_1_3");
  }

  @Test
  void a_throttling_receiver_is_left_alone() {
    receiver.answer(Receiver.status(429, "Retry-After: 120"));
    Node node = withWebhook();
    events("web", 20);
    until("paused", () -> record().progress().pausedUntil() > clock.now());
    int posts = receiver.posts().size();
    assertThat(posts).isLessThanOrEqualTo(8);

    clock.jump(Duration.ofSeconds(119));
    IntStream.range(0, 20).forEach(n -> node.look());
    assertThat(receiver.posts()).hasSize(posts);

    receiver.answer(Receiver.status(200));
    clock.jump(Duration.ofSeconds(2));
    until("written", () -> cursor() == latest());
    clock.jump(Duration.ofMinutes(10));
    until("all", () -> record().progress().retries().isEmpty());
    assertThat(record().progress().pausedUntil()).isZero();
    assertThat(receiver.posts().stream().map(Post::id).distinct()).hasSize(20);
  }

  @Test
  void a_receiver_that_never_ends_its_answer_is_not_read() {
    receiver.answer(
        (post, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] block = new byte[1 << 20];
          for (int n = 0; n < 1_024; n++) {
            out.write(block);
          }
        });
    withWebhook();
    events("web", 3);
    untilWritten(3);

    assertThat(deliveries()).allMatch(Delivery::isDelivered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nlonger",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n"
      })
  void answers_that_lie_about_their_length_are_taken_at_their_heads(String answer) {
    receiver.answer((post, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
    withWebhook();
    events("web", 3);
    untilWritten(3);

    assertThat(deliveries()).allMatch(Delivery::isDelivered);
    assertThat(receiver.posts()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\r\n", "HTTP/1.1 999 X\r\n\r\n", "\r\n", ""})
  void other_answers_are_failures(String answer) {
    receiver.answer(
        (post, out) -> {
          out.write(answer.getBytes(StandardCharsets.US_ASCII));
          out.close();
        });
    withWebhook();
    events("web", 1);
    untilWritten(1);

    assertThat(deliveries().get(0).state()).isEqualTo("retrying");
    assertThat(deliveries().get(0).error()).isEqualTo("the answer is not HTTP");
  }

  @Test
  void a_receiver_that_answers_in_29_seconds_has_failed() {
    receiver.answer(
        (post, out) -> {
          TimeUnit.SECONDS.sleep(29); // the receiver of the issue
          Receiver.status(200).to(post, out);
        });
    Node node = withWebhook();
    long began = System.nanoTime();
    Delivery delivery = node.calls.test(ANN, ID);

    assertThat(delivery.error()).isEqualTo("no answer within 15 s");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void connections_of_a_batch_are_used_again() {
    Node node = withWebhook();
    receiver.answer(
        (post, out) -> {
          TimeUnit.MILLISECONDS.sleep(5); // so that a batch gathers
          Receiver.status(200).to(post, out);
        });
    events("web", 200);
    until("written", () -> cursor() == latest());

    assertThat(receiver.posts()).hasSize(200);
    assertThat(receiver.connections()).isLessThan(100);
    assertThat(node.sender.table.find(ORG, ID).orElseThrow().progress().deliveries()).hasSize(100);
  }

  @Test
  void a_private_address_is_refused_after_its_name_is_resolved() {
    Node node = withWebhook();
    WebhookSender strict =
        new WebhookSender(store, node.sender.secrets, node.tails, clock.utc(), false);
    String url = receiver.url().replace("127.0.0.1", "localhost");
    node.calls.create(ANN, "wh_2", wanted(url));

    assertThat(new WebhookCalls(strict, store.audit()).test(ANN, "wh_2").error())
        .isEqualTo("localhost is at a private address, which webhooks.allowPrivate forbids");
    assertThat(receiver.posts()).isEmpty();
  }

  @Test
  void events_that_are_no_longer_kept_are_counted() {
    receiver.answer(Receiver.status(200));
    Node node = node();
    node.calls.create(ANN, ID, wanted(receiver.url()));
    until("runs", () -> record().lease().isOf(node.sender.node));
    node.kill();
    events("web", 3_000);
    long oldest = store.events().after(ORG, 0, 1).oldest();
    assertThat(oldest).isGreaterThan(1);

    Node second = node();
    clock.jump(Duration.ofMinutes(1));
    until("written", () -> cursor() == latest());
    WebhookRecord record = second.sender.table.find(ORG, ID).orElseThrow();
    assertThat(record.progress().missed()).isEqualTo(oldest - 1);
    assertThat(receiver.posts().stream().map(Post::id).distinct())
        .hasSize((int) (latest() - oldest + 1));
  }

  @Test
  void a_secret_that_cannot_be_opened_disables_its_webhook() {
    withWebhook().kill();
    signing = "another-signing-secret-of-the-server";
    Node node = node();
    clock.jump(Duration.ofMinutes(1));
    events("web", 1);
    until(
        "disabled",
        () -> node.sender.table.find(ORG, ID).orElseThrow().progress().disabled() != null);
    assertThat(receiver.posts()).isEmpty();

    String secret = WebhookSecrets.random();
    node.calls.rotate(ANN, ID, secret);
    assertThat(node.calls.test(ANN, ID).isDelivered()).isTrue();
    untilPosted(2);
  }

  @Test
  void a_removed_webhook_gets_nothing() {
    Node node = withWebhook();
    events("web", 1);
    untilWritten(1);
    node.calls.remove(ANN, ID);
    events("web", 5);
    IntStream.range(0, 20).forEach(n -> node.look());

    assertThat(receiver.posts()).hasSize(1);
  }

  // Several nodes

  @Test
  void of_two_nodes_one_sends() {
    Node first = withWebhook();
    Node second = node();
    for (int round = 0; round < 10; round++) {
      events("web", 20);
      int sent = 20 * (round + 1);
      until("written", () -> cursor() == latest());
      assertThat(receiver.posts()).hasSize(sent);
      clock.jump(Duration.ofSeconds(15));
      first.look();
      second.look();
    }
    assertThat(receiver.posts()).extracting(Post::id).doesNotHaveDuplicates();
  }

  @Test
  void a_node_that_stops_hands_over_at_once() throws InterruptedException {
    Node first = withWebhook();
    events("web", 3);
    untilWritten(3);
    first.stop();
    first.kill();
    node();
    events("web", 3);
    untilPosted(6);

    assertThat(receiver.posts()).extracting(Post::id).doesNotHaveDuplicates();
  }

  @Test
  void a_node_that_hangs_in_a_post_is_replaced_and_writes_nothing() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    receiver.answer(
        (post, out) -> {
          hangs.countDown();
          goesOn.await(10, TimeUnit.SECONDS);
          Receiver.status(500).to(post, out);
        });
    withWebhook();
    events("web", 1);
    assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();

    receiver.answer(Receiver.status(200));
    clock.jump(Duration.ofMinutes(1));
    Node second = node();
    until("written", () -> cursor() == latest());
    goesOn.countDown();
    events("web", 1);
    until("written", () -> cursor() == latest());

    assertThat(deliveries()).hasSize(2).allMatch(Delivery::isDelivered);
    assertThat(record().lease().isOf(second.sender.node)).isTrue();
    assertThat(receiver.posts()).extracting(Post::id).contains("evt_1_1", "evt_1_2");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("sluice.webhooks.seeds", 8));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void kills_at_any_moment_lose_nothing(long seed) throws InterruptedException {
    Random random = new Random(seed);
    receiver.answer(
        (post, out) ->
            Receiver.status(Math.floorMod(post.id().hashCode() + seed, 7) == 0 ? 503 : 200)
                .to(post, out));
    Node alive = withWebhook();
    for (int kill = 0; kill < 10; kill++) {
      events("web", 1 + random.nextInt(60));
      alive.look();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(8)); // any moment
      alive.kill();
      clock.jump(Duration.ofMinutes(1));
      alive = node();
    }
    receiver.answer(Receiver.status(200));
    until("taken", () -> cursor() == latest());
    clock.jump(Duration.ofHours(1)); // some have failed three times
    WebhookTable table = new WebhookTable(store.webhooks());
    until("delivered", () -> table.find(ORG, ID).orElseThrow().progress().retries().isEmpty());

    assertThat(receiver.posts().stream().map(Post::id).distinct()).hasSize((int) latest());
  }

  // Secrets

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "whsec_",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
        "whsec_not base64 not base64 not base64",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void wrong_secrets_are_refused(String secret) {
    assertThatThrownBy(() -> WebhookSecrets.checked(secret))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("secret must be whsec_ and the base64 of 24 to 64 bytes");
  }

  @Test
  void a_secret_has_24_to_64_bytes() {
    for (int bytes : List.of(23, 24, 64, 65)) {
      String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
      if (bytes < 24 || bytes > 64) {
        assertThatThrownBy(() -> WebhookSecrets.checked(secret)).isInstanceOf(ApiException.class);
      } else {
        assertThat(WebhookSecrets.checked(secret)).isEqualTo(secret);
      }
    }
  }

  @Test
  void no_secret_is_stored_as_it_is() {
    Node node = withWebhook();
    node.calls.rotate(ANN, ID, WebhookSecrets.random());

    assertThat(store.webhooks().list(ORG).get(0).text())
        .doesNotContain("whsec_", SECRET.substring(6));
  }
}
