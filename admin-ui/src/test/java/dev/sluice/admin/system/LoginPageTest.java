package dev.sluice.admin.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest extends PageTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/queues",
        "/admin/queues/payments?place=parked",
        "/admin/workers",
        "/admin/workers/w-1",
        "/admin/work?q=a%26b",
        "/admin/sessions/s-1",
        "/admin/activity",
        "/admin/activity",
        "/admin/keys",
        "/admin/system"
      })
  void nobodySeesAPageWithoutALoginAndComesBackAfterIt(String path) {
    PageAnswer answer = server.get(path, null);

    assertThat(answer.status()).isEqualTo(303);
    String login = answer.header("Location");
    assertThat(login).startsWith(server.url() + "/admin/login?then=");
    PageAnswer form = server.get(login.substring(server.url().length()), null);
    assertThat(form.main().selectFirst("input[name=then]").attr("value")).isEqualTo(path);
  }

  @Test
  void aLoginSetsTheCookieAndLeadsOn() {
    PageAnswer answer =
        server.post("/admin/login", "name=ann&password=secret&then=%2Fadmin%2Factivity");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(server.url() + "/admin/activity");
    assertThat(answer.header("Set-Cookie")).startsWith("test_session=ann");
  }

  @Test
  void aRefusedLoginSaysSoAndKeepsTheNameButNotThePassword() {
    PageAnswer answer =
        server.post("/admin/login", "name=%3Cb%3Eann&password=wr0ng&then=%2Fadmin%2Factivity");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.main().selectFirst("[role=alert]").text())
        .isEqualTo("Name or password is wrong");
    assertThat(answer.main().selectFirst("#name").attr("value")).isEqualTo("<b>ann");
    assertThat(answer.main().selectFirst("input[name=then]").attr("value"))
        .isEqualTo("/admin/activity");
    assertThat(answer.body()).doesNotContain("wr0ng");
  }

  @Test
  void whoTriedTooOftenIsToldWhenToTryAgain() {
    PageAnswer answer = server.post("/admin/login", "name=bob&password=x");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("17");
    assertThat(answer.text()).contains("Too many failed logins");
  }

  @Test
  void anotherSiteLogsNobodyOut() {
    PageAnswer answer =
        server.send(
            server
                .request("/admin/logout", null)
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.text()).contains("Still logged in", "another site");
  }

  @Test
  void anEmptyFormIsRefusedLikeAWrongOne() {
    assertThat(server.post("/admin/login", "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.admin.web.RedirectsTest#foreign")
  void aLoginLeadsNowhereElse(String then) {
    String typed = URLEncoder.encode(then, StandardCharsets.UTF_8);
    PageAnswer form = server.get("/admin/login?then=" + typed, null);
    PageAnswer login = server.post("/admin/login", "name=ann&password=secret&then=" + typed);
    PageAnswer theme = server.post("/admin/theme", "theme=dark&back=" + typed, null);

    assertThat(form.main().selectFirst("input[name=then]").attr("value")).isEqualTo("/admin");
    assertThat(login.header("Location")).isEqualTo(server.url() + "/admin");
    assertThat(theme.header("Location")).isEqualTo(server.url() + "/admin");
  }

  @Test
  void aLogoutEndsTheSession() {
    PageAnswer answer = server.post("/admin/logout", "");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(server.url() + "/admin/login");
    assertThat(answer.header("Set-Cookie")).startsWith("test_session=;");
  }

  @Test
  void aChosenThemeIsKept() {
    PageAnswer answer = server.post("/admin/theme", "theme=dark&back=%2Fadmin%2Flogin", null);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(server.url() + "/admin/login");
    assertThat(answer.header("Set-Cookie")).startsWith("sluice_theme=dark");
    assertThat(themeWith("dark")).isEqualTo("dark");
    assertThat(themeWith("\"><script>")).isEmpty();
    assertThat(server.post("/admin/theme", "theme=auto", null).header("Set-Cookie"))
        .contains("Max-Age=0");
  }

  @Test
  void aThemeOfAnotherSiteIsRefused() {
    PageAnswer answer = server.post("/admin/theme", "theme=dark");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  private String themeWith(String cookie) {
    PageAnswer page =
        server.send(
            server
                .request("/admin/login", null)
                .header("Cookie", "sluice_theme=" + cookie)
                .GET()
                .build());
    return page.document().selectFirst("html").attr("data-theme");
  }
}
