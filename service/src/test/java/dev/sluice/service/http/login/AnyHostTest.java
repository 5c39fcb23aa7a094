package dev.sluice.service.http.login;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.RawCall;
import java.util.HashMap;
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
            "embedded", List.of("ada admin default ada's-password"), "edge.openDocs=false");
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
  void linesForAShellNameTheHostThatTheBrowserUsedAndNoOther() {
    Map<String, String> cookie =
        Map.of("Cookie", "sluice_session=" + edge.login("ada", "ada's-password"));
    RawCall page = call("/admin/keys/mint", "sluice.lan:8123", cookie);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("http://sluice.lan:8123/api/keys");
    assertThat(call("/admin/keys/mint", "other.lan", cookie).body())
        .contains("http://other.lan/api/keys")
        .doesNotContain("sluice.lan");
    Map<String, String> forwarded = new HashMap<>(cookie);
    forwarded.put("X-Forwarded-Host", "evil.example");
    assertThat(call("/admin/keys/mint", "sluice.lan", forwarded).body())
        .contains("//sluice.lan/")
        .doesNotContain("evil.example");
    for (String host : List.of("a;id;.lan", "a$(id).lan", "a'id'.lan", "a&b.lan")) {
      RawCall odd = call("/admin/keys/mint", host, cookie);
      assertThat(odd.status() == 400 || odd.body().contains("$SLUICE_URL")).as(host).isTrue();
      assertThat(odd.body()).as(host).doesNotContain("id;", "(id)", "'id'");
    }
  }

  @Test
  void theRootLeadsABrowserToTheDashboardAndNamesThePathsToOthers() {
    String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    RawCall page = call("/", Map.of("Accept", browser));
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).isEqualTo("/admin");
    RawCall names = call("/", Map.of("Accept", "*/*"));
    assertThat(names.status()).isEqualTo(200);
    assertThat(names.body()).isEqualTo("{\"name\":\"Sluice\",\"admin\":\"/admin\"}");
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
    for (String path : List.of("/openapi.json", "/asyncapi.json", "/docs")) {
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
    return call(path, "evil.example", headers);
  }

  private static RawCall call(String path, String host, Map<String, String> headers) {
    return RawCall.send(edge.server().url(), "GET", path, host, headers);
  }
}
