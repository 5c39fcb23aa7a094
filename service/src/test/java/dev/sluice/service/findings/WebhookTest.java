package dev.sluice.service.findings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.service.webhooks.WebhookTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WebhookTest {

  private static final String SECRET = "a-secret-of-the-webhook";
  private static final String PATH = "/hooks/token-in-the-path?and=more";
  private static final long SEEN_MS = 60_000;
  private static final SeenFinding DEAD = new SeenFinding("dead", "", "", "2 dead letters \u00e9");

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final List<Received> received = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HttpServer server;
  private int status = 200;

  private record Received(String path, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
      return headers.get(name).get(0);
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    logger().detachAppender(log);
    backend.close();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(SECRET) || line.contains("token-in-the-path"));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Webhook.class);
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes()));
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void begin_and_end_are_posted_once_and_signed() throws Exception {
    Webhook webhook = webhook(true);
    observe("acme", DEAD);
    webhook.round();
    webhook.round();

    assertThat(received).hasSize(1);
    Received begin = received.get(0);
    assertThat(begin.path()).isEqualTo(PATH);
    assertThat(begin.header("Content-type")).isEqualTo("application/json");
    assertThat(begin.json().path("event").asText()).isEqualTo("finding.began");
    assertThat(begin.json().path("org").asText()).isEqualTo("acme");
    assertThat(begin.json().path("at").asLong()).isEqualTo(clock.now());
    assertThat(begin.json().at("/finding/key").asText()).isEqualTo("dead");
    assertThat(begin.json().at("/finding/words").asText()).isEqualTo(DEAD.words());
    assertThat(begin.header("X-sluice-delivery"))
        .isEqualTo("acme/" + begin.json().path("id").asText());
    assertThat(begin.header("X-sluice-signature"))
        .isEqualTo("v1=" + hmac(begin.header("X-sluice-timestamp"), begin.body()));

    pass();
    observe("acme");
    webhook.round();
    assertThat(received).hasSize(2);
    assertThat(received.get(1).json().path("event").asText()).isEqualTo("finding.ended");
    assertThat(received.get(1).json().at("/finding/beganAt").asLong()).isPositive();
  }

  @Test
  void while_the_secret_changes_each_post_has_both_signatures() throws Exception {
    WebhookBlock block = block(webhookUrl(true), "the-next-secret-of-it", true);
    block.previousSecret = SECRET;
    observe("acme", DEAD);
    Webhook.of(block, backend, Clock.systemUTC()).get(0).round();

    Received begin = received.get(0);
    String[] signatures = begin.header("X-sluice-signature").split(",");
    assertThat(signatures).hasSize(2).doesNotHaveDuplicates();
    assertThat(signatures[1])
        .isEqualTo("v1=" + hmac(begin.header("X-sluice-timestamp"), begin.body()));
  }

  @ParameterizedTest
  @CsvSource({
    SECRET + "," + SECRET,
    "whsec_YS1sb25nZXItc2VjcmV0LW9mLXRoZS13ZWJob29r,a-longer-secret-of-the-webhook"
  })
  void each_post_is_signed_in_the_form_of_standard_webhooks_too(String secret, String key)
      throws Exception {
    observe("acme", DEAD);
    WebhookBlock block = block(webhookUrl(true), secret, true);
    Webhook.of(block, backend, Clock.systemUTC()).get(0).round();

    Received begin = received.get(0);
    assertThat(begin.header("Webhook-id")).isEqualTo("acme-" + begin.json().path("id").asText());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    mac.update(
        (begin.header("Webhook-id") + "." + begin.header("Webhook-timestamp") + ".")
            .getBytes(US_ASCII));
    assertThat(begin.header("Webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(begin.body())));
    assertThat(begin.header("X-sluice-timestamp")).isEqualTo(begin.header("Webhook-timestamp"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 404, 500})
  void what_was_not_taken_is_sent_again_under_the_same_id(int refused) {
    Webhook webhook = webhook(true);
    observe("acme", DEAD);
    status = refused;
    webhook.round();
    webhook.round();
    assertThat(received).as("a redirect is not followed").hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("127.0.0.1", "try 1: it answered " + refused);

    status = 204;
    clock.jump(Duration.ofMillis(Findings.FIRST_RETRY_MS));
    webhook(true).round(); // as another node would
    webhook.round();

    assertThat(received).hasSize(2);
    assertThat(received.get(1).json().path("id")).isEqualTo(received.get(0).json().path("id"));
    assertThat(received.get(1).json().path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void a_muted_finding_is_not_told_of() {
    Webhook webhook = webhook(true);
    observe("acme", DEAD);
    webhook.round();
    AuditNote ann = new AuditNote("ann", "");
    backend.findings().mute("acme", "dead", clock.now() + 3_600_000, ann);
    pass();
    observe("acme");
    webhook.round();
    assertThat(received).hasSize(1);

    backend.findings().mute("acme", "dead", 0, ann);
    observe("acme");
    webhook.round();
    assertThat(received).hasSize(2);
  }

  @Test
  void a_private_address_is_refused_after_its_name_is_resolved() {
    observe("acme", DEAD);
    webhook(false).round();

    assertThat(received).isEmpty();
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("localhost is at a private address, which findings.webhook.allowPrivate forbids");
  }

  @Test
  void a_server_that_is_away_is_no_error() {
    server.stop(0);
    observe("acme", DEAD);
    webhook(true).round();

    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getLevel().toString()).isEqualTo("WARN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:10.0.0.1]",
        "[::7f00:1]",
        "[fe80::1]",
        "[fec0::1]",
        "[fd00::1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
        "[ff02::1]"
      })
  void literals_of_private_addresses_are_refused_at_the_start(String host) {
    assertThat(block("http://" + host + "/x", SECRET, false).isAddressAllowed()).isFalse();
    assertThat(block("http://" + host + "/x", SECRET, true).isAddressAllowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f000001", "017700000001"})
  void other_spellings_of_them_are_refused_when_they_are_resolved(String host) {
    WebhookTarget target =
        new WebhookTarget(URI.create("http://" + host + ":1/"), false, "x.allowPrivate");

    assertThatThrownBy(() -> target.post(Map.of(), new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(".* is at a private address, .*|no address of .*");
  }

  @Test
  void public_addresses_are_allowed() {
    for (String host : List.of("8.8.8.8", "[2606:4700::1111]", "hooks.example.com")) {
      assertThat(block("https://" + host + "/x", SECRET, false).isAddressAllowed()).isTrue();
    }
  }

  @Test
  void a_wrong_block_is_refused() {
    for (String url :
        List.of(
            "ftp://a/b", "http:///x", "https://u:p@a/", "not a url", "//a/b", "http://127.1/x")) {
      assertThat(block(url, SECRET, true).isUrlOfHttp()).as(url).isFalse();
    }
    assertThat(block("https://a/b", "short", true).isSecretLongEnough()).isFalse();
    assertThat(block("", null, false).isSecretLongEnough()).isTrue();
    assertThat(block("", null, false).url()).isNull();
  }

  private static WebhookBlock block(String url, String secret, boolean allowPrivate) {
    WebhookBlock block = new WebhookBlock();
    block.url = url;
    block.secret = secret;
    block.allowPrivate = allowPrivate;
    return block;
  }

  private String webhookUrl(boolean allowPrivate) {
    String host = allowPrivate ? "127.0.0.1" : "localhost";
    return "http://" + host + ":" + server.getAddress().getPort() + PATH;
  }

  private Webhook webhook(boolean allowPrivate) {
    return Webhook.of(
            block(webhookUrl(allowPrivate), SECRET, allowPrivate), backend, Clock.systemUTC())
        .get(0);
  }

  private void observe(String org, SeenFinding... seen) {
    backend.upkeep().sweepStep(org);
    backend.findings().observe(org, List.of(seen), SEEN_MS, true);
  }

  /** Long enough for a finding to end, without an outage. */
  private void pass() {
    for (int n = 0; n < 30; n++) {
      clock.jump(Duration.ofSeconds(10));
      backend.upkeep().sweepStep("acme");
    }
  }

  private static String hmac(String timestamp, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update((timestamp + ".").getBytes(US_ASCII));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
