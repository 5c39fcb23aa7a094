package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontTest {

  private static final int THREADS = 24;
  private static final int CROWD = 60;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final String LOGIN = "POST /api/login HTTP/1.1\r\nHost: sluice\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  private static SluiceServer server;

  private final String project = "front-" + System.nanoTime();
  private final List<BadInputSocket> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    server =
        SluiceServer.start(
            FrontApplication.class,
            "embedded",
            "server.maxThreads=" + THREADS,
            "front.maxConnectionsPerAddress=" + 3 * CROWD,
            "timing.lease=" + LEASE.toSeconds() + "s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void hold() {
    FrontApplication.hold();
  }

  @AfterEach
  void letGo() {
    FrontApplication.release();
    clients.forEach(BadInputSocket::close);
  }

  private TestWorker worker() {
    return server.register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}");
  }

  private static String heartbeat(TestWorker worker) {
    String path = "/api/workers/" + worker.id() + "/heartbeat";
    return BadInputSocket.head("POST", path, worker.token(), JSON.strip(), "Content-Length: 17")
        + "{\"activeCount\":0}";
  }

  private BadInputSocket client() {
    BadInputSocket client = new BadInputSocket(server);
    clients.add(client);
    return client;
  }

  /**
   * Repeats a call that is refused, since calls of an earlier test may still have their threads.
   */
  private void hold(int calls, String head) {
    for (int i = 0; i < calls; i++) {
      BadInputSocket client = client().send(head);
      while (FrontApplication.held() <= i) {
        if (client.isAnswered()) {
          client.close();
          clients.remove(client);
          client = client().send(head);
        }
        assertThat(Thread.interrupted()).as("time is up").isFalse();
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/login", "/v1/daemon/register", "/admin/login"})
  void aStrangersBodyIsSmall(String path) {
    String big = "{\"name\":\"" + "n".repeat(16 * 1024) + "\"}";
    String type =
        path.startsWith("/admin") ? "application/x-www-form-urlencoded" : "application/json";
    Answer whole = server.call("POST", path, null, big, Map.of("Content-Type", type));
    assertThat(whole.status()).as("%s", whole).isEqualTo(413);
    assertThat(whole.text("/field")).isEqualTo("body");
    assertThat(whole.text("/message")).isEqualTo("body must be at most 16384 bytes");
    String head =
        BadInputSocket.head(
            "POST", path, null, "Content-Type: " + type, "Transfer-Encoding: chunked");
    String chunk = Integer.toHexString(big.length()) + "\r\n" + big + "\r\n";
    byte[] bytes = chunk.getBytes(StandardCharsets.US_ASCII);
    assertThat(BadInputSocket.ask(server, head, bytes).status()).isEqualTo(413);
  }

  @Test
  void aBodyWithAKeyMayBeLarge() {
    String name = "n".repeat(100_000);
    Answer answer = server.post("/api/work", API_KEY, "{\"prompt\":\"" + name + "\"}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    server.delete("/api/work/" + answer.text("/sessionId"), API_KEY);
    Answer refused = server.post("/api/work", API_KEY, "x".repeat(8 * 1024 * 1024 + 1));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text("/message")).isEqualTo("body must be at most 8388608 bytes");
  }

  @Test
  void bodiesThatArriveSlowlyHoldNoThread() {
    TestWorker worker = worker();
    String length = "Content-Length: 30\r\n\r\n";
    for (int i = 0; i < CROWD; i++) {
      client().send(LOGIN + JSON + length + "{\"name\":\"nobody\",");
    }
    String known = "Authorization: Bearer " + API_KEY + "\r\n";
    BadInputSocket enqueue = client();
    enqueue.send("POST /api/work HTTP/1.1\r\nHost: h\r\n" + known + JSON + length + "{\"prompt\"");
    assertThat(worker.heartbeat(0).status()).isEqualTo(200);
    assertThat(server.get("/openapi.json", null).status()).isEqualTo(200);
    assertThat(server.adminGet("/ready").status()).isEqualTo(200);
    clients.get(0).send("\"password\":1}");
    assertThat(clients.get(0).answer().status()).isEqualTo(400);
    enqueue.send(":\"do a thing now\"}   ");
    Answer enqueued = enqueue.answer();
    assertThat(enqueued.status()).isEqualTo(201);
    server.delete("/api/work/" + enqueued.text("/sessionId"), API_KEY);
  }

  /** The front knew the key before it waited for the body. */
  @Test
  void aKeyThatIsRevokedWhileTheBodyArrivesIsRefused() {
    Answer key =
        server.post(
            "/api/keys",
            API_KEY,
            "{\"type\":\"user\",\"name\":\"short\",\"scopes\":[\"work:write\"]}");
    assertThat(key.status()).as(key.body()).isEqualTo(201);
    BadInputSocket enqueue = client();
    enqueue.send(
        "POST /api/work HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
            + key.text("/secret")
            + "\r\n"
            + JSON
            + "Content-Length: 30\r\n\r\n{\"prompt\"");
    worker().heartbeat(0);
    server.delete("/api/keys/" + key.text("/id"), API_KEY);

    enqueue.send(":\"do a thing now\"}   ");

    assertThat(enqueue.answer().status()).isEqualTo(401);
  }

  /** A header that names a caller doesn't make one known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Cookie: a=b\r\n",
        "Cookie: sluice_session=eyJhbGciOiJIUzI1NiJ9.e30.AAAA\r\n",
        "Authorization: Bearer rsk_live_no_key_of_this_server\r\n",
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA\r\n"
      })
  void anUnreadAnswerLeavesTheThreadOfAStranger(String header) {
    int calls = THREADS / 8;
    for (int i = 0; i < calls; i++) {
      client()
          .send(
              "GET " + FrontApplication.LARGE + " HTTP/1.1\r\nHost: sluice\r\n" + header + "\r\n");
    }
    while (FrontApplication.begun() < calls || FrontApplication.written() < calls) {
      Thread.onSpinWait();
    }
  }

  @Test
  void answersThatNobodyReadsHoldNoThread() {
    TestWorker worker = worker();
    String calls = "GET /openapi.json HTTP/1.1\r\nHost: sluice\r\n\r\n".repeat(60);
    for (int i = 0; i < CROWD; i++) {
      client().send(calls);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(worker.heartbeat(0).status()).isEqualTo(200);
    }
    assertThat(server.adminGet("/ready").status()).isEqualTo(200);
    assertThat(clients.get(0).answer().status()).isEqualTo(200);
  }

  @Test
  void aHeaderHasSoManyFields() {
    String head = "GET /api/me HTTP/1.1\r\nHost: sluice\r\n" + "X:\r\n".repeat(126);
    Answer most = client().send(head + "Authorization: Bearer " + API_KEY + "\r\n\r\n").answer();
    assertThat(most.status()).isEqualTo(200);
    Answer refused = client().send(head + "X:\r\nX:\r\nX").answer();
    assertThat(refused.status()).as("before the end").isEqualTo(431);
    assertThat(refused.text("/message")).isEqualTo("headers must be at most 128");
  }

  /** The connection would be closed after 30 s of silence. */
  @Test
  void aHeaderIsDueSoonAfterItsFirstByte() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
      socket.setSoTimeout(25_000);
      socket.getOutputStream().write("GET /api/me HT".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** The first on its server, whose connections it counts. */
  @Test
  @Order(1)
  void oneAddressHasSoManyConnections() {
    for (int i = 0; i < 3 * CROWD; i++) {
      client();
    }
    BadInputSocket tooMany = client();
    Answer answer = tooMany.answer();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("/field")).isEqualTo("connections");
    assertThat(answer.text("/code")).isEqualTo("busy");
    assertThat(answer.text("/message"))
        .isEqualTo(
            "connections of one address must be at most "
                + 3 * CROWD
                + " (front.maxConnectionsPerAddress)");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    clients.forEach(BadInputSocket::close);
    Answer served;
    do {
      try (BadInputSocket next = new BadInputSocket(server)) {
        served = next.send(BadInputSocket.head("GET", "/api/me", API_KEY)).answer();
      }
    } while (served.status() == 503); // the server sees each close in its turn
    assertThat(served.status()).isEqualTo(200);
  }

  @Test
  void callsBeyondTheThreadsAreRefusedAndWorkersAreServed() {
    TestWorker worker = worker();
    hold(THREADS / 2, BadInputSocket.head("GET", FrontApplication.HELD, API_KEY));
    Answer shed = server.get("/api/queues", API_KEY);
    assertThat(shed.status()).isEqualTo(503);
    assertThat(shed.text("/message")).contains("server.maxThreads");
    assertThat(shed.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(worker.heartbeat(0).status()).isEqualTo(200);
    assertThat(TestWorker.claimed(worker.poll())).isEmpty();
    assertThat(server.get("/docs", null).status())
        .as("unknown callers have their own")
        .isEqualTo(200);
    assertThat(server.adminGet("/ready").status()).isEqualTo(200);
    FrontApplication.release();
    assertThat(clients).allMatch(client -> client.answer().status() == 200);
    assertThat(server.get("/api/queues", API_KEY).status()).isEqualTo(200);
  }

  @Test
  void aBalancersProbeIsServedWhileUnknownCallersAreRefused() {
    hold(THREADS / 4 + THREADS / 8, BadInputSocket.head("GET", FrontApplication.OPEN_HELD, null));
    assertThat(server.get("/docs", null).status()).isEqualTo(503);
    assertThat(server.get("/ready", null).status()).isEqualTo(200);
    assertThat(server.call("HEAD", "/ready", null, null, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void manyCallsAtOnceOnOneConnectionAreAnsweredInOrder() {
    TestWorker worker = worker();
    String beat = heartbeat(worker);
    BadInputSocket busy = client();
    busy.send((beat + BadInputSocket.head("GET", "/api/none", API_KEY)).repeat(100));
    for (int i = 0; i < 100; i++) {
      assertThat(busy.answer().status()).isEqualTo(200);
      assertThat(busy.answer().status()).isEqualTo(404);
    }
    busy.send(beat.repeat(200));
    for (int i = 0; i < 200; i++) {
      assertThat(busy.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void noSessionIsLostWhileTheFrontIsDeaf() {
    TestWorker worker = worker();
    server.enqueue("{\"prompt\":\"p\",\"sessionId\":\"kept\",\"projectName\":\"" + project + "\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("kept");
    assertThat(worker.report("kept", "running").status()).isEqualTo(200);
    BadInputSocket open = client();
    open.send(heartbeat(worker));
    assertThat(open.answer().status()).isEqualTo(200);
    String call = BadInputSocket.head("GET", FrontApplication.VITAL_HELD, API_KEY);
    for (int i = 0; i < THREADS; i++) {
      client().send(call);
    }
    Answer ready = server.adminGet("/ready");
    while (ready.status() == 200) {
      ready = server.adminGet("/ready");
    }
    assertThat(ready.text("/reason")).startsWith("the application port does not serve calls");
    open.send(heartbeat(worker));
    assertThat(open.answer().status()).as("served by a reader").isEqualTo(200);
    for (long end = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
        System.nanoTime() < end; ) {
      assertThat(server.adminGet("/ready").status()).isEqualTo(503); // takes 2 s
      assertThat(server.adminGet("/alive").status()).isEqualTo(200);
    }
    FrontApplication.release();
    while (server.adminGet("/ready").status() != 200) {
      Thread.onSpinWait();
    }
    Answer work = server.get("/api/work/kept", API_KEY);
    assertThat(work.text("/place")).as("%s", work).isEqualTo("claimed");
    assertThat(worker.heartbeat(1).status()).isEqualTo(200);
    assertThat(server.get("/api/work/kept", API_KEY).text("/workerId")).isEqualTo(worker.id());
  }
}
