package dev.sluice.service.http.login;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.RawCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnyHostTest {

  private static LoginEdge edge;

  @BeforeAll
  static void start() {
    edge =
        new LoginEdge(
            "hazelcast", List.of("ada admin default ada's-password"), "edge.openDocs=false");
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void redirectsStayOnTheHostCalled() {
    RawCall page = call("/admin", Map.of());
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).isEqualTo("/admin/login?then=%2Fadmin");
  }

  @Test
  void linesForAShellNameNoHostThatACallerGave() {
    String cookie = edge.login("ada", "ada's-password");
    RawCall page = call("/admin/keys/mint", Map.of("Cookie", "sluice_session=" + cookie));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("$SLUICE_URL").doesNotContain("evil.example");
    Map<String, String> forwarded =
        Map.of("Cookie", "sluice_session=" + cookie, "X-Forwarded-Host", "evil.example");
    assertThat(call("/admin/keys/mint", forwarded).body()).doesNotContain("evil.example");
  }

  @Test
  void everyAnswerForbidsSniffing() {
    for (String path : List.of("/api/me", "/api/nothing", "/admin", "/admin/login", "/%zz")) {
      RawCall answer = call(path, Map.of());
      assertThat(answer.head().split("(?i)X-Content-Type-Options: nosniff", -1))
          .as("%s: %s", path, answer.head())
          .hasSize(2);
      assertThat(answer.header("Strict-Transport-Security")).as("by http").isNull();
    }
  }

  @Test
  void theDocumentationCanBeSwitchedOff() {
    for (String path : List.of("/openapi.json", "/docs")) {
      assertThat(edge.server().get(path, API_KEY).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aThemeIsChosenByOurPagesAlone() {
    Map<String, String> form =
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site");
    Answer foreign = edge.server().call("POST", "/admin/theme", null, "theme=dark", form);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.headers().firstValue("Set-Cookie")).isEmpty();
  }

  private static RawCall call(String path, Map<String, String> headers) {
    return RawCall.send(edge.server().url(), "GET", path, "evil.example", headers);
  }
}
