package dev.sluice.service.http.login;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class LoginCrossSiteContract {

  protected abstract LoginEdge edge();

  /** Headers of a call; true if it counts as one of ours. */
  private Map<Map<String, String>, Boolean> table() {
    String own = edge().server().url();
    String port = own.substring(own.lastIndexOf(':'));
    Map<Map<String, String>, Boolean> table = new LinkedHashMap<>();
    table.put(Map.of("Sec-Fetch-Site", "same-origin"), true);
    table.put(Map.of("Sec-Fetch-Site", "none"), true);
    table.put(Map.of("Sec-Fetch-Site", "same-origin", "Origin", "https://proxied.example"), true);
    table.put(Map.of("Sec-Fetch-Site", "cross-site"), false);
    table.put(Map.of("Sec-Fetch-Site", "same-site"), false);
    table.put(Map.of("Sec-Fetch-Site", ""), false);
    table.put(Map.of("Sec-Fetch-Site", "Same-Origin"), false);
    table.put(Map.of("Sec-Fetch-Site", "cross-site", "Origin", own), false);
    table.put(Map.of("Sec-Fetch-Site", "cross-site", "X-Requested-With", "sluice"), false);
    table.put(Map.of("Origin", own), true);
    table.put(Map.of("Origin", "HTTP://127.0.0.1" + port), true);
    table.put(Map.of("Origin", "https://127.0.0.1" + port), false);
    table.put(Map.of("Origin", "http://127.0.0.1"), false);
    table.put(Map.of("Origin", "http://localhost" + port), false);
    table.put(Map.of("Origin", "http://evil.example" + port), false);
    table.put(Map.of("Origin", own + ".evil.example"), false);
    table.put(Map.of("Origin", "http://127.0.0.1.evil.example" + port), false);
    table.put(Map.of("Origin", "null"), false);
    table.put(Map.of("Origin", ""), false);
    table.put(Map.of("Origin", "not an origin"), false);
    table.put(Map.of("Origin", "//127.0.0.1" + port), false);
    table.put(Map.of("Origin", "null", "X-Requested-With", "sluice"), false);
    table.put(Map.of("X-Requested-With", "sluice"), true);
    table.put(Map.of(), false);
    table.put(Map.of("Referer", own + "/admin"), false);
    Map<String, String> proxied =
        Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "sluice.example");
    table.put(with(proxied, "https://sluice.example"), true);
    table.put(with(proxied, "https://sluice.example:443"), true);
    table.put(with(proxied, "http://sluice.example"), false);
    table.put(with(proxied, "https://sluice.example:8443"), false);
    table.put(with(proxied, own), false);
    return table;
  }

  private static Map<String, String> with(Map<String, String> headers, String origin) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Origin", origin);
    return all;
  }

  @Test
  void writesOfOtherSitesAreRefused() {
    String cookie = edge().login("otto", "otto's-password");
    table()
        .forEach(
            (headers, ours) -> {
              String session = "site-" + System.nanoTime();
              String item = "{\"sessionId\":\"" + session + "\",\"prompt\":\"p\"}";
              Answer answer = edge().call("POST", "/api/work", cookie, item, headers);
              assertThat(answer.status()).as("%s", headers).isEqualTo(ours ? 201 : 403);
              assertThat(edge().server().get("/api/work/" + session, API_KEY).status())
                  .as("%s", headers)
                  .isEqualTo(ours ? 200 : 404);
              Answer delete = edge().call("DELETE", "/api/work/" + session, cookie, null, headers);
              assertThat(delete.status()).as("%s", headers).isEqualTo(ours ? 200 : 403);
              for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
                assertThat(edge().call(method, "/api/sessions", cookie, null, headers).status())
                    .as("%s %s", method, headers)
                    .isEqualTo(200);
              }
            });
    assertThat(edge().log())
        .anyMatch(
            line -> line.contains("actor=operator:otto verb=\"denied\" object=\"POST /api/work\""));
  }

  @Test
  void noOtherSiteLogsABrowserInOrOut() {
    Map<String, String> foreign = Map.of("Sec-Fetch-Site", "cross-site");
    assertThat(edge().tryLogin("otto", "otto's-password", foreign).status()).isEqualTo(403);
    assertThat(edge().server().call("POST", "/api/logout", null, "", foreign).status())
        .isEqualTo(403);
  }

  @Test
  void noOtherSiteIsEverAllowedMore() {
    String cookie = edge().login("otto", "otto's-password");
    Map<String, String> preflight =
        Map.of(
            "Origin", "http://evil.example",
            "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "x-requested-with");
    for (String method : new String[] {"OPTIONS", "GET"}) {
      Answer answer = edge().call(method, "/api/work/none", cookie, null, preflight);
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
  }
}
