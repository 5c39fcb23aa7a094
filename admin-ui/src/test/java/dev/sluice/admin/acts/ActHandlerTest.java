package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.backend.audit.AuditLine;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActHandlerTest extends ActTest {

  private static final String PAUSE = "/admin/queues/payments/pause";

  @BeforeEach
  void fill() {
    fleet.work("s-1").enqueue();
  }

  @Test
  void aFormSaysWhatWillHappenAndHowTheApiDoesIt() {
    PageAnswer form = form(PAUSE);

    assertThat(form.status()).isEqualTo(200);
    assertThat(form.text()).contains("Pause payments", "1 waiting item", "Back");
    assertThat(form.main().selectFirst("details pre").wholeText())
        .startsWith("curl -sS -X POST '" + form.url() + "/api/queues/payments/pause'")
        .contains("$SLUICE_API_KEY");
    assertThat(form.main().selectFirst("form").attr("action")).isEqualTo(PAUSE);
    assertThat(paused()).isFalse();
  }

  @Test
  void anActLeadsToAPageThatSaysWhatWasDoneOnce() {
    PageAnswer post = post(PAUSE, "reason", "money moves", "for", "for 1 hour");

    assertThat(post.header("Location")).endsWith("/admin/queues/payments");
    assertThat(post.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/admin", "Max-Age=60");
    PageAnswer page = after(post);
    assertThat(notice(page)).isEqualTo("payments is paused for 1 hour.");
    assertThat(page.header("Set-Cookie")).contains("sluice_notice=;", "Max-Age=0");
    assertThat(notice(page("/admin/queues/payments"))).isEmpty();
    assertThat(paused()).isTrue();
  }

  @Test
  void itLeavesTheAuditLineThatTheApiLeaves() {
    post(PAUSE, "reason", "money moves", "for", "until resumed");

    AuditLine line = audit().get(0);
    assertThat(line.verb()).isEqualTo("pause");
    assertThat(line.object()).isEqualTo("payments");
    assertThat(line.actor()).isEqualTo("operator:ann");
    assertThat(line.reason()).isEqualTo("money moves");
  }

  @Test
  void aButtonComesBackToItsPage() {
    fleet.pause("payments", "money moves", "ann");

    PageAnswer post =
        post("/admin/queues/payments/resume", "back", "/admin/queues/payments?place=later");

    assertThat(post.header("Location")).endsWith("/admin/queues/payments?place=later");
    assertThat(notice(after(post))).isEqualTo("payments is open again.");
    assertThat(paused()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.admin.web.RedirectsTest#foreign")
  void nobodyIsLedElsewhere(String back) {
    PageAnswer post = post("/admin/queues/payments/resume", "back", back);

    boolean none = back.isBlank(); // the form goes where it goes by itself
    assertThat(URI.create(post.header("Location")).getPath())
        .isEqualTo(none ? "/admin/queues/payments" : "/admin");
    assertThat(post.header("Location")).doesNotContain("elsewhere");
  }

  @Test
  void whatIsWrongWithAFieldStandsBesideItAndNothingTypedIsLost() {
    PageAnswer missing = post(PAUSE, "reason", " ", "for", "for 4 hours");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text()).contains("Nothing was changed: Reason is required.");
    assertThat(missing.main().selectFirst("#reason").attr("aria-describedby"))
        .isEqualTo("reason-note");
    assertThat(missing.main().selectFirst("option[selected]").attr("value"))
        .isEqualTo("for 4 hours");

    PageAnswer control = post(PAUSE, "reason", "a\u0007b", "for", "for 4 hours");
    assertThat(control.status()).isEqualTo(400);
    assertThat(control.text()).contains("Nothing was changed: Reason ");

    PageAnswer choice = post(PAUSE, "reason", "why <b>", "for", "for ever");
    assertThat(choice.status()).isEqualTo(400);
    assertThat(choice.main().selectFirst("#reason").attr("value")).isEqualTo("why <b>");
    assertThat(paused()).isFalse();
  }

  @Test
  void whoseLoginIsOverGetsTheFormBackAsFilledInAfterTheLogin() {
    PageAnswer post =
        server.post(PAUSE, encoded("reason", "a & b", "for", "for 4 hours", "back", "/x"), null);

    assertThat(post.status()).isEqualTo(303);
    String then =
        java.net.URLDecoder.decode(
            post.header("Location").replaceFirst(".*then=", ""),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(then).startsWith(PAUSE + "?").doesNotContain("back=");
    PageAnswer form = form(then);
    assertThat(form.main().selectFirst("#reason").attr("value")).isEqualTo("a & b");
    assertThat(form.main().selectFirst("option[selected]").attr("value")).isEqualTo("for 4 hours");
    assertThat(paused()).isFalse();
  }

  @Test
  void aViewersFormIsRefusedAndLeavesAnAuditLine() {
    PageAnswer post = postAs(VisitorRole.VIEWER, PAUSE, "reason", "why", "for", "until resumed");

    assertThat(post.status()).isEqualTo(403);
    assertThat(post.text())
        .contains("Not allowed for your role", "operator", "Nothing was changed");
    assertThat(paused()).isFalse();
    AuditLine line = audit().get(0);
    assertThat(line.verb()).isEqualTo("denied");
    assertThat(line.object()).isEqualTo("payments");
    assertThat(line.detail()).isEqualTo("pause");
    assertThat(page("/admin/queues/payments").main().select("form, .acts .button")).isEmpty();
  }

  @Test
  void aFormOfAnotherSiteIsRefused() {
    for (String site : new String[] {"cross-site", "same-site", null}) {
      var request =
          server
              .request(PAUSE, fleet.visitor(VisitorRole.OPERATOR))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      encoded("reason", "why", "for", "until resumed")));
      if (site != null) {
        request.header("Sec-Fetch-Site", site);
      }
      PageAnswer post = server.send(request.build());

      assertThat(post.status()).as(site).isEqualTo(403);
      assertThat(post.text()).contains("Nothing was changed");
    }
    assertThat(paused()).isFalse();
  }

  @Test
  void whileTheStoreIsAwayNothingIsClaimedToBeDone() {
    server.store.away(true);

    PageAnswer post = post(PAUSE, "reason", "why", "for", "until resumed");

    assertThat(post.status()).isEqualTo(503);
    assertThat(post.text()).contains("The action may or may not have happened");
  }

  @Test
  void aNoticeThatIsNoneOfOursIsNotShown() {
    for (String cookie : new String[] {"%%%", "eA", "ZG9uZQ", "PGI-IGhp"}) {
      PageAnswer page =
          server.send(
              server
                  .request("/admin/queues/payments", fleet.visitor(VisitorRole.VIEWER))
                  .header("Cookie", "sluice_notice=" + cookie)
                  .GET()
                  .build());

      assertThat(page.status()).isEqualTo(200);
      assertThat(notice(page)).isEmpty();
    }
  }

  private boolean paused() {
    return server.store.there().queues().find(fleet.org, "payments").pause() != null;
  }
}
