package dev.sluice.service.http.login;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.RawCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublicUrlTest {

  private static final String PUBLIC = "sluice.example.com";

  private static LoginEdge edge;

  @BeforeAll
  static void start() {
    edge =
        new LoginEdge(
            "embedded",
            List.of("ada admin default ada's-password"),
            "edge.publicUrl=https://" + PUBLIC,
            "edge.allowedHosts=sluice,sluice.internal",
            "edge.trustedProxies=127.0.0.1");
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void anotherHostIsMisdirected() {
    for (String host : List.of("evil.example", "sluice.example.com.evil.example", "192.0.2.1")) {
      RawCall refused = call("/api/me", host, Map.of());
      assertThat(refused.status()).as(host).isEqualTo(421);
      assertThat(refused.body()).contains("\"error\"", "edge.allowedHosts").doesNotContain(host);
      assertThat(refused.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
    RawCall forwarded = call("/api/me", PUBLIC, Map.of("X-Forwarded-Host", "evil.example"));
    assertThat(forwarded.status()).isEqualTo(421);
  }

  @Test
  void itsOwnHostsAreServed() {
    for (String host :
        List.of(
            PUBLIC,
            PUBLIC + ":8443",
            "Sluice.Example.Com.",
            "sluice",
            "sluice.internal:8080",
            "localhost:1",
            "127.0.0.1",
            "[::1]:8080")) {
      assertThat(call("/api/me", host, Map.of()).status()).as(host).isEqualTo(200);
    }
  }

  @Test
  void answersByHttpsInsistOnIt() {
    Map<String, String> https = Map.of("X-Forwarded-Proto", "https");
    assertThat(call("/api/me", PUBLIC, https).header("Strict-Transport-Security"))
        .isEqualTo("max-age=31536000");
    assertThat(call("/api/me", PUBLIC, Map.of()).header("Strict-Transport-Security"))
        .as("the public URL is https, whatever the proxy leaves out")
        .isEqualTo("max-age=31536000");
    assertThat(
            call("/api/me", "localhost", Map.of("X-Forwarded-Host", "localhost"))
                .header("Strict-Transport-Security"))
        .isNull();
  }

  @Test
  void theCookieIsForHttpsAndOnlyThePublicOriginIsOurs() {
    Answer login = edge.tryLogin("ada", "ada's-password");
    assertThat(login.headers().firstValue("Set-Cookie").orElse("")).contains("; Secure");
    String cookie = edge.login("ada", "ada's-password");
    Map<String, Integer> origins = new LinkedHashMap<>();
    origins.put("https://" + PUBLIC, 200);
    origins.put("http://" + PUBLIC, 403);
    origins.put("https://evil.example", 403);
    origins.forEach(
        (origin, status) ->
            assertThat(
                    edge.call("POST", "/api/cleanup", cookie, "", Map.of("Origin", origin))
                        .status())
                .as(origin)
                .isEqualTo(status));
  }

  @Test
  void linesForAShellNameThePublicUrl() {
    String cookie = edge.login("ada", "ada's-password");
    RawCall page = call("/admin/keys/mint", "sluice", Map.of("Cookie", "sluice_session=" + cookie));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("https://" + PUBLIC + "/api/keys").doesNotContain("//sluice/");
  }

  private static RawCall call(String path, String host, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Authorization", "Bearer " + API_KEY);
    return RawCall.send(edge.server().url(), "GET", path, host, all);
  }
}
