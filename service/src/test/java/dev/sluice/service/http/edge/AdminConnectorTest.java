package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.RawCall;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminConnectorTest {

  private static final List<String> OPEN =
      List.of("/alive", "/ready", "/healthcheck", "/metrics", "/ping", "/");
  private static final List<String> CLOSED =
      List.of(
          "/tasks",
          "/tasks/gc",
          "/tasks/log-level",
          "//tasks/gc",
          "/./tasks/gc",
          "/%74asks/gc",
          "/alive/../tasks/gc",
          "/tasks;a/gc",
          "/threads",
          "/pprof",
          "/nothing");

  private static SluiceServer shipped;

  @BeforeAll
  static void start() {
    shipped = SluiceServer.start("embedded", "adminConnector.allowedHosts=sluice");
  }

  @AfterAll
  static void stop() {
    shipped.close();
  }

  @Test
  void healthAndMetricsAreServed() {
    for (String host :
        List.of("127.0.0.1:8081", "localhost", "LOCALHOST:1", "[::1]", "sluice:8081")) {
      for (String path : OPEN) {
        assertThat(call(shipped, "GET", path, host).status())
            .as("%s %s", host, path)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void tasksAndDiagnosticsAreOff() {
    for (String path : CLOSED) {
      for (String method : List.of("GET", "POST")) {
        RawCall answer = call(shipped, method, path, "localhost");
        assertThat(answer.status()).as("%s %s", method, path).isIn(400, 404);
      }
    }
  }

  @Test
  void otherHostsAreRefused() {
    for (String host :
        List.of("evil.example", "sluice.evil.example", "192.0.2.1", "10.0.0.1:8081")) {
      for (String path : OPEN) {
        assertThat(call(shipped, "GET", path, host).status())
            .as("%s %s", host, path)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void pagesOfOtherSitesAreRefused() {
    for (Map<String, String> foreign :
        List.of(
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "same-site"),
            Map.of("Origin", "http://evil.example"),
            Map.of("Origin", "null"))) {
      RawCall answer = RawCall.send(shipped.adminUrl(), "GET", "/metrics", "localhost", foreign);
      assertThat(answer.status()).as("%s", foreign).isEqualTo(403);
    }
    for (Map<String, String> own :
        List.of(Map.of("Sec-Fetch-Site", "none"), Map.of("Origin", "http://localhost"))) {
      RawCall answer = RawCall.send(shipped.adminUrl(), "GET", "/metrics", "localhost", own);
      assertThat(answer.status()).as("%s", own).isEqualTo(200);
    }
  }

  @Test
  void bothCanBeSwitchedOn() {
    try (SluiceServer open =
        SluiceServer.start(
            "embedded", "adminConnector.tasks=true", "adminConnector.diagnostics=true")) {
      assertThat(call(open, "POST", "/tasks/gc", "localhost").status()).isEqualTo(200);
      assertThat(call(open, "GET", "/threads", "localhost").status()).isEqualTo(200);
      assertThat(call(open, "POST", "/tasks/gc", "evil.example").status()).isEqualTo(403);
      Map<String, String> foreign = Map.of("Sec-Fetch-Site", "cross-site");
      assertThat(RawCall.send(open.adminUrl(), "POST", "/tasks/gc", "localhost", foreign).status())
          .isEqualTo(403);
    }
  }

  private static RawCall call(SluiceServer server, String method, String path, String host) {
    return RawCall.send(server.adminUrl(), method, path, host, Map.of());
  }
}
