package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AuthLog;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log of the whole process holds no credential, even at trace level. */
class TraceLogTest {

  private static final String PASSWORD = "ada's-password-0123456789";
  private static final String GUESS = "rsk_live_guess_0123456789abcdef";
  private static final String WRONG = "a-wrong-password-0123456789";

  @Test
  void onTheEmbeddedStore() {
    nothingIsTold("embedded");
  }

  @Test
  void onRedis() {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      nothingIsTold("redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
    }
  }

  private static void nothingIsTold(String backend, String... more) {
    String[] overrides =
        Stream.concat(
                Stream.of("logging.level=TRACE", "logging.appenders[0].threshold=ERROR"),
                Stream.of(more))
            .toArray(String[]::new);
    AuthLog log = new AuthLog(List.of("ROOT"));
    try {
      List<String> secrets = new ArrayList<>();
      try (LoginEdge edge =
          new LoginEdge(backend, List.of("ada admin default " + PASSWORD), overrides)) {
        for (String name :
            List.of("org.eclipse.jetty", "org.glassfish.jersey.server", "com.hazelcast.x")) {
          ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.TRACE); // as the task does
        }
        secrets.addAll(useAllCredentials(edge));
      }
      List<String> lines = log.lines();
      assertThat(lines).as("finer levels are on").anyMatch(line -> line.startsWith("DEBUG "));
      for (String secret : secrets) {
        assertThat(lines.stream().filter(line -> line.contains(secret)).map(TraceLogTest::cut))
            .as("lines with %s", secret)
            .isEmpty();
      }
    } finally {
      log.close();
    }
  }

  private static List<String> useAllCredentials(LoginEdge edge) {
    SluiceServer server = edge.server();
    TestWorker worker = server.register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    worker.poll();
    String cookie = edge.login("ada", PASSWORD);
    assertThat(edge.tryLogin("ada", WRONG).status()).isEqualTo(401);
    String minted =
        edge.post(
                "/api/keys",
                cookie,
                "{\"name\":\"k\",\"type\":\"user\",\"scopes\":[\"fleet:read\"]}")
            .text("/secret");
    assertThat(minted).startsWith("rsk_live_");
    for (String bearer :
        List.of(
            SluiceServer.API_KEY,
            SluiceServer.REGISTRATION_TOKEN,
            SluiceServer.LEGACY_KEY,
            worker.token(),
            minted)) {
      assertThat(server.get("/api/me", bearer).status()).isEqualTo(200);
    }
    assertThat(server.get("/api/me", GUESS).status()).isEqualTo(401);
    assertThat(server.get("/api/me", worker.token() + "x").status()).isEqualTo(401);
    String daemon =
        "{\"registrationToken\":\""
            + SluiceServer.REGISTRATION_TOKEN
            + "\",\"hostname\":\"h\",\"version\":\"1\",\"maxAgents\":1,\"capabilities\":[]}";
    assertThat(server.post("/v1/daemon/register", null, daemon).status()).isEqualTo(200);
    server.post("/api/workers/" + worker.id() + "/refresh-token", worker.token(), "{}");
    String form = "name=ada&password=" + WRONG;
    Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
    server.call("POST", "/admin/login", null, form, type);
    for (String page : List.of("/admin", "/admin/keys")) {
      Map<String, String> visitor = Map.of("Cookie", "sluice_session=" + cookie);
      assertThat(server.call("GET", page, null, null, visitor).status()).isEqualTo(200);
    }
    return List.of(
        SluiceServer.API_KEY,
        SluiceServer.REGISTRATION_TOKEN,
        SluiceServer.LEGACY_KEY,
        SluiceServer.JWT_SECRET,
        LoginEdge.ADMIN_PASSWORD,
        PASSWORD,
        WRONG,
        GUESS,
        minted,
        cookie,
        worker.token());
  }

  private static String cut(String line) {
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}
