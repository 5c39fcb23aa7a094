package dev.sluice.admin.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuePagesTest extends PageTestBase {

  @Test
  void noQueueIsToldHowOneComesAbout() {
    assertThat(page("/admin/queues").text()).contains("No queues yet", "POST /api/work");
  }

  @Test
  void aQueueIsARowOfFigures() {
    fleet.worker("w-1", "payments");
    fleet.limit("payments", 4, 5_000_000L);
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.work("s-3").notBefore(server.clock.now() + 60_000).enqueue();
    fleet.poll("w-1", 1);

    assertThat(page("/admin/queues").row("payments"))
        .containsExactly(
            "payments", "open", "1", "now", "1 / 4", "1", "0", "1", "0", "$0 of $5.00");
  }

  @Test
  void queuesAreAPageAtATime() {
    for (int i = 0; i < 60; i++) {
      fleet.work("s" + i).project(String.format("p%02d", i)).enqueue();
    }

    PageAnswer first = page("/admin/queues");
    String next = first.main().selectFirst("a[rel=next]").attr("href");
    PageAnswer second = page(next);

    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(second.main().select("tbody tr")).hasSize(10);
    assertThat(second.row("p50")).startsWith("p50");
    assertThat(second.main().select("a[rel=next]")).isEmpty();
    assertThat(second.main().selectFirst(".pager a").attr("href")).isEqualTo("/admin/queues");
  }

  @Test
  void waitingWorkStandsInTheOrderOfHandOutWithItsReasons() {
    fleet.worker("w-1", "payments");
    fleet.work("later").priority(4).enqueue();
    fleet.work("sooner").priority(2).enqueue();
    fleet.work("picky").priority(5).needs("gpu").enqueue();

    PageAnswer page = page("/admin/queues/payments");

    assertThat(page.main().select("tbody th .id").eachText())
        .containsExactly("sooner", "later", "picky");
    assertThat(page.row("sooner"))
        .startsWith("1", "sooner", "next in its project, waits for a free worker");
    assertThat(page.row("later")).startsWith("2", "later", "1 item of its project is ahead");
    assertThat(page.row("picky")).contains("no worker that takes project payments has gpu", "gpu");
  }

  @Test
  void reasonsThatAllOfAPageHaveStandOnceAboveIt() {
    fleet.worker("w-1", "payments");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.work("s-3").needs("gpu").enqueue();
    fleet.pause("payments", "money moves", "ann");

    PageAnswer page = page("/admin/queues/payments");

    String everybodys = "project payments was paused by ann: money moves";
    String own = "no worker that takes project payments has gpu";
    assertThat(page.main().select(".all").text()).isEqualTo(everybodys);
    assertThat(page.main().select("tbody").text()).doesNotContain(everybodys);
    assertThat(page.row("s-2").get(2)).isEqualTo("as above");
    assertThat(page.row("s-3").get(2)).isEqualTo(own);
    assertThat(page.main().select("tbody .reasons").eachAttr("title")).containsExactly("", "", own);
    fleet.work("alone").project("other").enqueue();
    assertThat(page("/admin/queues/other").row("alone").get(2)).contains("no worker takes");
  }

  @Test
  void parkedAndLaterWorkHaveTabsOfTheirOwn() {
    fleet.work("first").issue("i-1").enqueue();
    fleet.work("second").issue("i-1").enqueue();
    fleet.work("tomorrow").notBefore(server.clock.now() + 86_400_000).enqueue();

    PageAnswer page = page("/admin/queues/payments");

    assertThat(page.main().select(".tabs a").eachText())
        .containsExactly("ready 1", "parked 1", "later 1", "returned 0", "claimed 0", "dead 0");
    assertThat(page("/admin/queues/payments?place=parked").row("second"))
        .contains(
            "behind session first of its issue, which goes first no worker takes project payments");
    assertThat(page("/admin/queues/payments?place=later").text()).contains("scheduled for 2026-");
  }

  @Test
  void claimedAndDeadSessionsOfTheProjectAreListedWithoutThoseOfOthers() {
    fleet.worker("w-1");
    fleet.work("mine").enqueue();
    fleet.work("other").project("billing").enqueue();
    fleet.poll("w-1", 2);
    fleet.deadLetter("gone");

    PageAnswer claimed = page("/admin/queues/payments?place=claimed");
    PageAnswer dead = page("/admin/queues/payments?place=dead");

    assertThat(claimed.main().select("tbody th .id").eachText()).containsExactly("mine");
    assertThat(dead.main().select("tbody th .id").eachText()).containsExactly("gone");
  }

  @Test
  void whatIsOfOneProjectIsAPageAtATimeWhateverOthersHold() {
    fleet.worker("w-1", 200, List.of());
    for (int i = 0; i < 60; i++) {
      fleet.work(String.format("other%02d", i)).project("billing").enqueue();
      fleet.work(String.format("s%02d", i)).enqueue();
    }
    for (int polls = 0; polls < 24; polls++) {
      fleet.poll("w-1", 5);
    }

    PageAnswer first = page("/admin/queues/payments?place=claimed");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.main().select("tbody th .id").eachText())
        .hasSize(50)
        .allMatch(id -> id.startsWith("s"));
    assertThat(second.main().select("tbody tr")).hasSize(10);
    assertThat(second.main().select("a[rel=next]")).isEmpty();
  }

  @Test
  void returnedWorkHasATabAndSaysWhoGaveItBack() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.nack("s-1", "w-1");
    fleet.work("s-2").enqueue();

    PageAnswer page = page("/admin/queues/payments?place=returned");

    assertThat(page.main().select("tbody th .id").eachText()).containsExactly("s-1");
    assertThat(page.row("s-1"))
        .startsWith("1", "s-1")
        .anyMatch(cell -> cell.contains("w-1 nacked"));
    assertThat(page.main().selectFirst(".tabs [aria-current]").text()).isEqualTo("returned 1");
  }

  @Test
  void aPageOfWaitingWorkLeadsToTheNext() {
    for (int i = 0; i < 30; i++) {
      fleet.work(String.format("s%02d", i)).enqueue();
    }

    PageAnswer first = page("/admin/queues/payments");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.main().select("tbody tr")).hasSize(25);
    assertThat(second.row("s25")).startsWith("26", "s25");
  }

  @Test
  void aPauseSaysWhoAndWhy() {
    fleet.pause("payments", "money moves", "ann");

    PageAnswer page = page("/admin/queues/payments");

    assertThat(page.text()).contains("Paused by ann: money moves", "paused");
  }

  @Test
  void aProjectNeverHeardOfHasAnEmptyQueue() {
    PageAnswer page = page("/admin/queues/none");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("Nothing in this list.");
  }

  @Test
  void namesWithSlashesAndPercentSignsHavePagesToo() {
    for (String name : List.of("a/b", "50%", "a b", "ä?&=#+", "..x")) {
      fleet.work("s " + name).project(name).enqueue();
    }
    PageAnswer list = page("/admin/queues");

    for (var link : list.main().select("tbody th a")) {
      PageAnswer page = page(link.attr("href"));
      assertThat(page.main().selectFirst("h1 .id").text()).isEqualTo(link.text());
      assertThat(page.main().select("tbody tr")).hasSize(1);
    }
  }

  @Test
  void anUnknownPlaceIsAClearPage() {
    PageAnswer page = page("/admin/queues/payments?place=nowhere");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("No such place in a queue.", "Go to the queue");
  }

  @Test
  void anAgeIsCountedFromTheEnqueue() {
    fleet.work("s-1").enqueue();
    server.clock.jump(Duration.ofMinutes(7));

    assertThat(page("/admin/queues/payments").row("s-1")).contains("7 min ago");
  }
}
