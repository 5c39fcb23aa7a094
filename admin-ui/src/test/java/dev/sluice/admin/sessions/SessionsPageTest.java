package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class SessionsPageTest extends PageTestBase {

  @Test
  void sessionsOfAnotherOrgAreUnknown() {
    new TestFleet(server).work("elsewhere").enqueue();

    PageAnswer page = page("/admin/sessions/elsewhere");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("No such session");
    assertThat(page("/admin/work?q=elsewhere").body()).doesNotContain("/admin/sessions/elsewhere");
  }

  @Test
  void waitingWorkSaysWhy() {
    fleet.work("s-1").enqueue();

    assertThat(page("/admin/sessions/s-1").main().select(".notice").eachText())
        .containsExactly("no worker takes project payments");
  }

  @Test
  void anEndedSessionTellsItsStory() {
    ended("s-1");

    PageAnswer page = adminPage("/admin/sessions/s-1?activities=show");

    assertThat(page.main().select(".phases li").eachText())
        .containsExactly("waiting 1 min", "claimed 30 s", "running 2 min");
    assertThat(page.main().select(".timeline .badge").eachText())
        .containsExactly("ended", "started", "claimed", "enqueued");
    assertThat(page.row("completed")).startsWith("1", "host-w-1 w-1");
    assertThat(page.text()).contains("Cost $1.25", "Tool calls 1", "Last tool Bash");
    assertThat(page.main().select(".feed li").eachText())
        .containsExactly("2 min ago action · Bash ls -l");
    assertThat(page.main().select(".reported").text()).contains("summary All done");
  }

  @Test
  void aSecondClaimIsAnAttemptOfItsOwn() {
    fleet.worker("w-1");
    fleet.worker("w-2");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.nack("s-1", "w-1");
    fleet.poll("w-2", 1);

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.row("nacked")).startsWith("1", "host-w-1 w-1");
    assertThat(page.row("active")).startsWith("2", "host-w-2 w-2");
  }

  @Test
  void theInboxHasTwoLanes() {
    fleet.work("s-1").enqueue();
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "bob");

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.main().selectFirst("[aria-label='Lane urgent']").text())
        .contains("urgent 1", "directive from ann", "look here", "queued now")
        .doesNotContain("go on");
    assertThat(page.main().selectFirst("[aria-label='Lane normal']").text()).contains("go on");
  }

  @Test
  void eachMessageShowsHowFarItCame() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    String read = fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    server.clock.jump(Duration.ofSeconds(10));
    fleet.poll("w-1", 0);
    server.clock.jump(Duration.ofSeconds(10));
    fleet.ack("s-1", read, Lane.URGENT, "w-1");
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "bob");
    fleet.poll("w-1", 0);
    server.clock.jump(Duration.ofSeconds(10));
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "and on", "bob");

    PageAnswer page = page("/admin/sessions/s-1");

    Element urgent = page.main().selectFirst("[aria-label='Lane urgent']");
    assertThat(urgent.selectFirst("h3").text()).isEqualTo("urgent 0");
    assertThat(urgent.select(".read .steps li").eachText())
        .containsExactly(
            "queued 30 s ago", "delivered 20 s ago", "acknowledged 10 s ago by host-w-1 w-1");
    assertThat(urgent.select(".read .steps a").attr("href")).isEqualTo("/admin/workers/w-1");
    assertThat(urgent.text())
        .contains("No unacknowledged messages.", "directive from ann", "look here");
    Element normal = page.main().selectFirst("[aria-label='Lane normal']");
    assertThat(normal.select(".steps li").eachText())
        .containsExactly(
            "queued 10 s ago",
            "delivered 10 s ago",
            "not acknowledged",
            "queued now",
            "not delivered",
            "not acknowledged");
    assertThat(normal.select(".read")).isEmpty();
  }

  @Test
  void aMessageThatItsWorkerGaveUpOnSaysSoWithTheReason() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    String gone = fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    fleet.giveUp("s-1", gone, "channel <closed>", "w-1");

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.main().select("[aria-label='Lane urgent'] .read .steps li").eachText())
        .containsExactly(
            "queued now", "not delivered", "undeliverable (channel <closed>) now by host-w-1 w-1");
    assertThat(page.text()).contains("message undeliverable", gone + " channel <closed>");
  }

  @Test
  void whatAnEndedSessionLeftUnreadSaysWhetherItWasDelivered() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "seen", "ann");
    fleet.poll("w-1", 0);
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "unseen", "ann");
    fleet.report("s-1", "w-1", SessionState.COMPLETED, Map.of());

    assertThat(page("/admin/sessions/s-1").main().select(".lanes .steps li").eachText())
        .containsExactly(
            "queued now",
            "delivered now",
            "not acknowledged",
            "queued now",
            "not delivered",
            "not acknowledged");
  }

  @Test
  void theItemIsForAdminsAloneAndOnlyWhenTheyAsk() {
    fleet.work("s-1").item("{\"prompt\":\"the secret\"}").enqueue();
    String asked = "/admin/sessions/s-1?item=show";

    assertThat(page(asked).body()).doesNotContain("the secret").contains("Only admins can see it");
    PageAnswer notAsked = adminPage("/admin/sessions/s-1");
    assertThat(notAsked.body()).doesNotContain("the secret");
    assertThat(notAsked.main().selectFirst("a[href*=item]").attr("href")).startsWith(asked);
    assertThat(adminPage(asked).main().selectFirst("pre").wholeText())
        .isEqualTo("{\"prompt\":\"the secret\"}");
    assertThat(page("/admin/activity").main().select("tbody tr")).hasSize(1);
    assertThat(page("/admin/activity").row("viewed"))
        .containsExactly("now", "ann operator", "viewed the item of", "session s-1", "", "");
  }

  @Test
  void manyActivitiesAreCutUntilAskedFor() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    for (int i = 1; i <= 30; i++) {
      fleet.tell("s-1", "w-1", "thought", "{\"content\":\"number " + i + "\"}", null);
    }

    assertThat(page("/admin/sessions/s-1?activities=all").body())
        .doesNotContain("number 30")
        .contains("Only admins can see it");
    String ask =
        adminPage("/admin/sessions/s-1").main().selectFirst("a[href*=activities]").attr("href");
    assertThat(adminPage("/admin/sessions/s-1").main().select(".feed li")).isEmpty();
    PageAnswer page = adminPage(ask);

    assertThat(page.main().select(".feed li")).hasSize(20);
    assertThat(page.main().selectFirst(".feed li").text()).contains("number 30");
    String all = page.main().selectFirst("a[href*=activities]").attr("href");
    assertThat(adminPage(all).main().select(".feed li")).hasSize(30);
    assertThat(page("/admin/activity").row("viewed"))
        .containsExactly(
            "now", "ann operator", "viewed the activity of", "session s-1", "2 times in a row", "");
  }

  @Test
  void anItemThatSomeWorkersCanNotDecodeIsMarked() {
    fleet.work("s-1").item("{\"title\":\"unreadable\"}").enqueue();
    fleet.work("s-2").enqueue();

    assertThat(page("/admin/sessions/s-1").main().select(".notice.fail").eachText())
        .containsExactly("Newest Go workers can't read this item: title must be a string");
    assertThat(page("/admin/sessions/s-2").main().select(".notice.fail")).isEmpty();
  }

  @Test
  void itsLabelsAreAmongTheFacts() {
    fleet.work("s-1").item("{\"labels\":{\"run\":\"17\",\"team\":\"core\"}}").enqueue();
    fleet.work("s-2").enqueue();

    assertThat(page("/admin/sessions/s-1").main().select("dl.facts").text())
        .contains("Labels run=17, team=core");
    assertThat(page("/admin/sessions/s-2").main().select("dl.facts").text())
        .doesNotContain("Labels");
  }

  @Test
  void linksThatAWorkerReportsLeadToTheWebOrNowhere() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.report(
        "s-1",
        "w-1",
        SessionState.RUNNING,
        Map.of(
            "externalUrls",
            "[{\"label\":\"PR\",\"url\":\"https://example.com/1\"},"
                + "{\"label\":\"bad\",\"url\":\"javascript:alert(1)\"}]"));

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.main().select(".reported a").eachAttr("href"))
        .containsExactly("https://example.com/1");
    assertThat(page.main().select(".reported").text()).contains("bad");
  }

  private void ended(String id) {
    fleet.worker("w-1");
    fleet.work(id).enqueue();
    server.clock.jump(Duration.ofMinutes(1));
    fleet.poll("w-1", 1);
    server.clock.jump(Duration.ofSeconds(30));
    fleet.report(id, "w-1", SessionState.RUNNING, Map.of("summary", "\"All done\""));
    fleet.tell(id, "w-1", "action", "{\"content\":\"ls -l\",\"toolName\":\"Bash\"}", "Bash");
    server.clock.jump(Duration.ofMinutes(2));
    fleet.report(id, "w-1", SessionState.COMPLETED, 1_250_000);
  }
}
