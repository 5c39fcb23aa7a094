package dev.sluice.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewPageTest extends PageTestBase {

  @Test
  void anEmptyOrgIsToldWhatToDoFirst() {
    PageAnswer page = page("/admin");

    assertThat(page.status()).isEqualTo(200);
    assertThat(verdict(page)).isEqualTo("No worker is registered: 0 waiting.");
    assertThat(page.main().select(".verdict.done")).as("green").isEmpty();
    assertThat(page.text()).contains("Nothing here yet");
    assertThat(page.main().select("pre").text())
        .contains(". ./data/credentials.env", "curl", "'" + page.url() + "/api/work'");
  }

  @Test
  void aFleetAtWorkIsHealthy() {
    fleet.worker("w-1", "payments");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");

    PageAnswer page = page("/admin");

    assertThat(verdict(page)).isEqualTo("Healthy: 1 waiting, 1 claimed, 9 slots free.");
    assertThat(page.row("payments")).startsWith("payments", "open", "1", "now", "1", "1");
    assertThat(page.text()).contains("Nothing needs attention.").doesNotContain("Nothing here yet");
  }

  @Test
  void aFleetWhoseWorkHasEndedIsNotNew() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.report("s-1", "w-1", SessionState.COMPLETED, 0);
    assertThat(page("/admin").text()).contains("Nothing waits or runs.");

    fleet.deregister("w-1");
    PageAnswer page = page("/admin");
    assertThat(verdict(page)).isEqualTo("No worker is registered: 0 waiting.");
    assertThat(page.text()).contains("Nothing waits or runs.").doesNotContain("Nothing here yet");
  }

  @Test
  void aWorkerThatBeatsButDoesNotPollIsQuiet() {
    fleet.worker("w-1");
    for (int i = 0; i < 4; i++) {
      server.clock.jump(Duration.ofSeconds(40));
      fleet.beat("w-1");
    }
    assertThat(verdict(page("/admin")))
        .isEqualTo("No worker polls: 0 waiting, 0 claimed, 10 slots free, 1 worker quiet.");
    assertThat(page("/admin").main().select(".verdict.done")).as("green").isEmpty();
    fleet.worker("w-2");
    assertThat(verdict(page("/admin")))
        .isEqualTo("Healthy: 0 waiting, 0 claimed, 20 slots free, 1 worker quiet.");
    assertThat(page("/admin/hosts").row("host-w-1")).contains("quiet");

    fleet.poll("w-1", 1);
    assertThat(page("/admin/hosts").row("host-w-1")).contains("ready");
  }

  @Test
  void aFleetWithoutALiveWorkerIsNotHealthy() {
    fleet.worker("w-1");
    fleet.passLease();

    PageAnswer page = page("/admin");
    assertThat(verdict(page))
        .isEqualTo("No worker takes work: 0 waiting, 0 claimed, 0 slots free.");
    assertThat(page.main().select(".verdict.done")).as("green").isEmpty();
  }

  @Test
  void theAgeOfTheOldestWaitingWorkIsSaid() {
    fleet.worker("w-1");
    fleet.work("old").enqueue();
    server.clock.jump(Duration.ofMinutes(7));
    fleet.work("new").project("billing").enqueue();

    PageAnswer page = page("/admin");

    assertThat(summary(page)).contains("Waiting 2 oldest 7 min");
    assertThat(page.row("payments")).startsWith("payments", "open", "1", "7 min ago");
    assertThat(page.row("billing")).startsWith("billing", "open", "1", "now");
  }

  @Test
  void workersThatPolledLatelyAreCountedNotThoseThatGiveOtherSigns() {
    fleet.worker("idle");
    fleet.worker("polls");
    fleet.poll("polls", 1);
    assertThat(summary(page("/admin"))).contains("1 worker polling");

    server.clock.jump(Duration.ofSeconds(31));
    assertThat(summary(page("/admin"))).contains("0 workers polling");
  }

  @Test
  void workThatNobodyTakesIsTheFirstThingSaid() {
    fleet.worker("w-1", "billing");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();

    PageAnswer page = page("/admin");

    assertThat(verdict(page))
        .isEqualTo("Needs attention: payments has 2 waiting, but no worker takes it.");
    assertThat(page.main().selectFirst(".verdict a").attr("href"))
        .isEqualTo("/admin/queues/payments");
    assertThat(page.row("payments")).contains("none");
  }

  @Test
  void workersThatAreAllAwayAreNamed() {
    fleet.worker("w-1", "payments");
    fleet.drain("w-1");
    fleet.work("s-1").enqueue();

    assertThat(verdict(page("/admin")))
        .isEqualTo(
            "Needs attention: payments has 1 waiting,"
                + " the worker that takes it is silent, draining, quarantined or nacking.");
  }

  @Test
  void aPausedQueueIsHeldNotHarmed() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.pause("payments", "money moves", "ann");

    PageAnswer page = page("/admin");

    assertThat(verdict(page)).isEqualTo("Warnings: payments is paused, 1 waits.");
    assertThat(page.text()).contains("by ann: money moves");
    assertThat(summary(page)).contains("On hold 1 1 paused");
  }

  @Test
  void silentAndStuckSessionsAreCountedWithTheWorstFirst() {
    fleet.worker("w-1");
    fleet.work("quick").enqueue();
    fleet.work("toolless").enqueue();
    fleet.poll("w-1", 2);
    fleet.report("quick", "w-1", SessionState.RUNNING, Map.of());
    fleet.report("toolless", "w-1", SessionState.RUNNING, Map.of());
    fleet.tell("toolless", "w-1", "action", "{}", "Bash");
    for (int minute = 0; minute < 11; minute++) {
      server.clock.jump(Duration.ofMinutes(1));
      fleet.touch("toolless", "w-1");
    }

    PageAnswer page = page("/admin");

    assertThat(verdict(page))
        .isEqualTo("Needs attention: 1 session is stuck; 1 session is silent.");
    assertThat(page.row("no call for 90 s")).startsWith("silent", "1");
    assertThat(page.row("no tool call")).startsWith("stuck", "1");
    assertThat(summary(page)).contains("Silent or stuck 2");
    assertThat(page.main().select(".verdict a").eachAttr("href"))
        .containsExactly("/admin/work?health=stuck", "/admin/work?health=silent");
    for (String word : List.of("stuck", "silent", "slow", "ok")) {
      assertThat(page.main().select("a[href='/admin/work?health=" + word + "'] .badge")).hasSize(1);
    }
  }

  @Test
  void claimsThatNobodyAcceptedYetAreCounted() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);

    assertThat(summary(page("/admin"))).contains("Claimed 1 1 not accepted yet");
  }

  @Test
  void deadLettersAreWorthALook() {
    fleet.deadLetter("s-1");

    PageAnswer page = page("/admin");

    assertThat(verdict(page)).isEqualTo("Warnings: 1 dead letter.");
    assertThat(summary(page)).contains("Dead letters 1");
  }

  @Test
  void urgentMessagesThatNobodyReadAreAHarmAfterFiveMinutes() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "ann");
    beat(Duration.ofMinutes(5));
    assertThat(verdict(page("/admin"))).doesNotContain("unread");
    assertThat(summary(page("/admin"))).contains("Urgent unread 1 oldest 5 min");

    beat(Duration.ofMinutes(1));
    assertThat(verdict(page("/admin")))
        .isEqualTo("Needs attention: 1 urgent message unread for 6 min.");
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "here too", "ann");
    beat(Duration.ofHours(1));

    PageAnswer page = page("/admin");

    assertThat(verdict(page))
        .isEqualTo("Needs attention: 2 urgent messages unread, the oldest for 1 h.");
    assertThat(page.main().selectFirst(".verdict a").attr("href")).isEqualTo("/admin/inbox");
    assertThat(summary(page)).contains("Urgent unread 2 oldest 1 h 6 min");
    assertThat(page.document().select(".summary .wait a").eachAttr("href"))
        .contains("/admin/inbox");
    assertThat(page.document().select("nav.side a[href='/admin/inbox']").text())
        .isEqualTo("Inbox 2");
  }

  private void beat(Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      server.clock.jump(Duration.ofMinutes(1));
      fleet.touch("s-1", "w-1");
    }
  }

  @Test
  void moreThanThreeFindingsAreSummedUp() {
    for (String project : new String[] {"a", "b", "c", "d", "e"}) {
      fleet.work("in " + project).project(project).enqueue();
    }

    PageAnswer page = page("/admin");

    assertThat(verdict(page)).endsWith("c has 1 waiting, but no worker takes it; 2 more below.");
    assertThat(page.main().select(".attention li")).hasSize(5);
  }

  @Test
  void theLastActsAreShown() {
    fleet.worker("w-1");
    fleet.act("ann", "pause", "payments", "money moves", "");

    assertThat(page("/admin").row("paused"))
        .containsExactly("now", "ann", "paused", "project payments", "", "money moves");
  }

  @Test
  void whileTheStoreIsAwayItShowsWhatWasSeenLastAndHowOldThatIs() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    page("/admin");
    server.store.away(true);
    server.clock.jump(Duration.ofSeconds(42));

    PageAnswer page = page("/admin");

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.document().text())
        .contains("The store does not answer.", "The figures are from 42 s ago", "Waiting 1");
  }

  @Test
  void whileTheStoreIsAwayAnEmptyOrgIsNotCalledNew() {
    assertThat(page("/admin").text()).contains("Nothing here yet");
    server.store.away(true);

    assertThat(page("/admin").text())
        .contains("No worker is registered")
        .doesNotContain("Nothing here yet");
  }

  private static String verdict(PageAnswer page) {
    return page.main().selectFirst(".verdict").text();
  }

  private static String summary(PageAnswer page) {
    return page.document().selectFirst(".summary").text();
  }
}
