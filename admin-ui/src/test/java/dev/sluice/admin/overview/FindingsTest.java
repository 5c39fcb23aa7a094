package dev.sluice.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class FindingsTest extends ActTest {

  @Test
  void aFindingHasAnAgeOnceItIsOnRecord() {
    paused();
    assertThat(row("payments").text()).doesNotContain("began", "Acknowledge");

    server.record();
    server.clock.jump(Duration.ofMinutes(12));

    assertThat(row("payments").text()).contains("Paused payments is paused, 1 waits");
    assertThat(row("payments").text()).contains("began 12 min ago");
    assertThat(row("payments").select(".button").eachText())
        .containsExactly("Resume", "Acknowledge", "Mute");
    assertThat(row("payments").select("a.button").first().attr("href"))
        .isEqualTo("/admin/queues/payments/resume");
    assertThat(page("/admin").main().select(".attention .button"))
        .as("a viewer's buttons")
        .isEmpty();
  }

  @Test
  void itIsAcknowledgedAtOnceAndHasAnOwner() {
    paused();
    server.record();

    PageAnswer form = form("/admin/findings/paused.payments/ack");
    PageAnswer page = after(submit(form, "reason", "on it"));

    assertThat(notice(page)).isEqualTo("Acknowledged: payments is paused, 1 waits.");
    assertThat(row("payments").text()).containsPattern("acknowledged it (now|.* ago): on it");
    assertThat(row("payments").select(".button").eachText()).containsExactly("Resume", "Mute");
    assertThat(only().owner()).isNotNull();
    assertThat(acts())
        .first()
        .returns("acknowledge", AuditLine::verb)
        .returns("paused.payments", AuditLine::object)
        .returns("on it", AuditLine::reason);
    assertThat(page.text()).contains("acknowledged");
  }

  @Test
  void aMutedOneIsNoVerdictAndCanBeUnmuted() {
    fleet.worker("w-1");
    paused();
    server.record();

    PageAnswer page =
        after(submit(form("/admin/findings/paused.payments/mute"), "for", "for 4 hours"));

    assertThat(notice(page)).startsWith("Muted until ");
    assertThat(page.main().select(".verdict").text()).startsWith("Healthy: ").endsWith("1 muted.");
    assertThat(row("payments").text()).contains("muted, ends in");
    assertThat(row("payments").select(".button").eachText()).contains("Unmute");

    page = after(submit(form("/admin/findings/paused.payments/unmute")));
    assertThat(page.main().select(".verdict").text()).startsWith("Warnings: payments is paused");
    assertThat(acts()).extracting(AuditLine::verb).containsExactly("unmute", "mute", "pause");
  }

  @Test
  void aWrongTimeOrKeyIsRefused() {
    paused();
    server.record();

    PageAnswer wrong =
        submit(form("/admin/findings/paused.payments/mute"), "until", "2000-01-01 00:00");
    assertThat(wrong.status()).isEqualTo(400);
    wrong = submit(form("/admin/findings/paused.payments/mute"), "until", "9000-01-01 00:00");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(form("/admin/findings/paused.other/ack").status()).isEqualTo(404);
    assertThat(only().owner()).isNull();
  }

  // Rules

  @Test
  void workThatNeedsWhatNoWorkerHasIsFound() {
    fleet.worker("w-1", 5, List.of("ios"), "payments");
    fleet.work("s-1").needs("ios", "xcode-16").enqueue();
    fleet.work("s-2").enqueue();

    assertThat(verdict())
        .isEqualTo(
            "Needs attention: payments has 1 waiting that no worker can take:"
                + " needs ios, xcode-16.");

    fleet.worker("w-2", 5, List.of("ios", "xcode-16"), "payments");
    assertThat(verdict()).startsWith("Healthy");
  }

  @Test
  void workThatWaitsForLongIsFound() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    server.clock.jump(Duration.ofHours(2));
    fleet.beat("w-1");

    assertThat(verdict()).isEqualTo("Needs attention: payments has work that waits for 2 h.");
  }

  @Test
  void aHostThatWentAwayWithSessionsIsFoundUntilItIsBack() {
    fleet.workerOn("mac-1", "w-1", "1.0");
    fleet.worker("w-2");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    verdict();
    for (int n = 0; n < 40; n++) {
      fleet.sweep();
      server.clock.jump(Duration.ofSeconds(10));
      fleet.beat("w-2");
    }
    fleet.sweep();

    assertThat(verdict()).contains("mac-1 went offline with 1 session");
    assertThat(row("mac-1").select(".button").eachText()).containsExactly("Open host");
    fleet.beat("w-1");
    assertThat(verdict()).doesNotContain("mac-1");
  }

  @Test
  void aFleetThatBurnsMoneyIsFound() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.report("s-1", "w-1", SessionState.RUNNING, 100_000_000);
    assertThat(verdict()).startsWith("Healthy");
    server.clock.jump(Duration.ofSeconds(30));

    fleet.report("s-1", "w-1", SessionState.RUNNING, 500_000_000);

    assertThat(verdict()).matches(".*the fleet burns \\$[0-9,]+ an hour, its limit is \\$1,000.*");
    assertThat(row("burns").select(".button").attr("href")).isEqualTo("/admin/work?sort=cost");
    server.clock.jump(Duration.ofMinutes(21));
    fleet.beat("w-1");
    assertThat(verdict()).doesNotContain("burns");
  }

  @Test
  void oneCauseOfManyDeadLettersIsFound() {
    fleet.worker("w-1");
    for (int n = 0; n < 3; n++) {
      fleet.work("s-" + n).deadline(server.clock.now() + 1_000).enqueue();
      fleet.poll("w-1", 1);
      fleet.nack("s-" + n, "w-1", "no space left");
    }
    server.clock.jump(Duration.ofSeconds(2));
    fleet.beat("w-1");
    fleet.sweep();

    assertThat(row("no space left").text())
        .contains("no space left is the cause of 3 dead letters within an hour");
    assertThat(row("no space left").select(".button").attr("href"))
        .isEqualTo("/admin/dead/requeue?error=no%20space%20left");
    server.clock.jump(Duration.ofHours(1));
    assertThat(operatorPage().main().text()).doesNotContain("is the cause of");
  }

  private void paused() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.pause("payments", "money moves", "ann");
  }

  private PageAnswer operatorPage() {
    return form("/admin");
  }

  private String verdict() {
    return operatorPage().main().select(".verdict").text();
  }

  private Element row(String withText) {
    return operatorPage().main().select(".attention li").stream()
        .filter(each -> each.text().contains(withText))
        .findFirst()
        .orElseThrow();
  }

  private Finding only() {
    List<Finding> all = server.store.there().findings().list(fleet.org);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<AuditLine> acts() {
    return server.store.there().audit().list(fleet.org, null, 10).items();
  }
}
