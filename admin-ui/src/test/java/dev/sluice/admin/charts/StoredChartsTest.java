package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredChartsTest extends PageTestBase {

  private static final Duration STEP = Duration.ofMinutes(5);

  @Test
  void aDayAndAWeekComeFromTheStore() {
    fleet.worker("w-1", 9, List.of());
    for (String id : List.of("a", "b", "c")) {
      fleet.work(id).project("payments").enqueue();
    }
    fleet.poll("w-1", 2);
    fleet.report("a", "w-1", SessionState.COMPLETED, 2_500_000);
    fleet.report("b", "w-1", SessionState.FAILED, 500_000);
    fleet.sweep();

    for (String span : List.of("24h", "7d")) {
      PageAnswer page = page("/admin/charts?span=" + span);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.main().select(".chart h2").eachText())
          .containsExactly(
              "Waiting work",
              "Oldest waiting work",
              "Hand-outs",
              "Ended sessions",
              "Cost",
              "Failures by cause");
      assertThat(page.main().select(".legend").eachText())
          .contains(
              "waiting 1", "handed out 2", "completed 1 failed 1", "cost $3.00", "no cause told 1");
      assertThat(page.text()).contains("Kept by the store in steps of");
    }
    assertThat(page("/admin/charts?span=24h&project=payments").main().select(".legend").eachText())
        .contains("handed out 2");
    assertThat(page("/admin/charts?span=24h&project=other").main().select(".legend").eachText())
        .contains("handed out 0");
  }

  @Test
  void failuresAreToldApartByTheirMostFrequentCauses() {
    fleet.worker("w-1", 20, List.of());
    fail(1, "timeout");
    server.clock.jump(STEP);
    fleet.sweep();
    server.clock.jump(STEP);
    for (String cause : List.of("spawn-failed", "a <b>", "c", "d", "e")) {
      fail(2, cause);
    }

    PageAnswer page = page("/admin/charts?span=24h");

    assertThat(page.main().select("[data-chart=causes] .legend li").eachText())
        .containsExactlyInAnyOrder("spawn-failed 2", "a <b> 2", "c 2", "d 2", "e 2")
        .isNotEmpty();
    assertThat(path(page, "causes").chars().filter(c -> c == 'M').count()).isEqualTo(1);
    assertThat(page("/admin/charts?span=24h&project=payments").main().select(".chart h2"))
        .noneMatch(title -> title.text().contains("cause"));
    assertThat(page("/admin/charts?span=1h").main().select("[data-chart=causes]")).isEmpty();
  }

  private void fail(int times, String cause) {
    for (int i = 0; i < times; i++) {
      String id = cause.charAt(0) + "-" + i;
      fleet.work(id).project("payments").enqueue();
      fleet.poll("w-1", 1);
      fleet.fail(id, "w-1", cause);
    }
  }

  @Test
  void timeWithoutAServerIsAGapAndAnIdleFleetIsNone() {
    fleet.worker("w-1");
    fleet.sweep();
    for (int i = 0; i < 4; i++) {
      server.clock.jump(STEP);
      fleet.sweep();
    }
    server.clock.jump(STEP.multipliedBy(6));
    fleet.sweep();
    server.clock.jump(STEP);
    fleet.sweep();

    PageAnswer page = page("/admin/charts?span=24h");

    assertThat(path(page, "waiting").chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(path(page, "hand-outs").chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(page.text()).contains("A gap: no server was up");
    assertThat(path(page("/admin/charts?span=24h&project=other"), "ends")).contains("M");
  }

  private static String path(PageAnswer page, String chart) {
    return page.main().selectFirst("[data-chart=" + chart + "] .field path.line").attr("d");
  }

  @Test
  void onlyTheCurrentStepAndTheOneBeforeAreNow() {
    fleet.work("a").enqueue();
    fleet.sweep();

    server.clock.jump(Duration.ofMinutes(30));
    assertThat(waiting("7d")).isEqualTo("waiting 1");
    assertThat(waiting("24h")).isEqualTo("waiting –");
    server.clock.jump(Duration.ofMinutes(30));
    assertThat(waiting("7d")).isEqualTo("waiting –");
    assertThat(page("/admin/charts?span=7d").main().selectFirst("[role=img]").attr("aria-label"))
        .contains("1 measured")
        .doesNotContain("now");
  }

  private String waiting(String span) {
    return page("/admin/charts?span=" + span)
        .main()
        .selectFirst("[data-chart=waiting] .legend")
        .text();
  }

  @Test
  void actionsOfOperatorsAreMarkedInWords() {
    fleet.work("a").project("payments").enqueue();
    fleet.worker("w-1");
    fleet.pause("payments", "deploy <b>", "operator:kim");
    server.clock.jump(Duration.ofMinutes(1));
    fleet.act("operator:kim", "drain", "w-1", "reboot", "");
    server.clock.jump(Duration.ofMinutes(1));

    PageAnswer all = page("/admin/charts?span=1h");
    assertThat(all.main().select("ol.marks li").eachText())
        .hasSize(2)
        .first()
        .asString()
        .contains("kim paused project payments", "deploy <b>");
    assertThat(all.main().select("[data-chart=waiting] line.mark")).hasSize(2);
    assertThat(all.main().select("[data-chart=waiting] text.mark").eachText())
        .containsExactly("1\u20132");

    PageAnswer one = page("/admin/charts?span=24h&project=payments");
    assertThat(one.main().select("ol.marks li")).hasSize(1);
    assertThat(page("/admin/charts?span=24h&project=other").text())
        .contains("No operator paused, resumed, limited, drained or stopped anything");
  }

  @Test
  void marksOfABusyWeekReachBackToItsBegin() {
    fleet.pause("payments", "first", "operator:kim");
    messages(1_200);

    assertThat(page("/admin/charts?span=7d").main().select("ol.marks li").eachText())
        .singleElement()
        .asString()
        .contains("paused project payments", "first");
  }

  @Test
  void whatLimitsTheMarksIsSaid() {
    fleet.pause("payments", "first", "operator:kim");
    messages(OperatorActions.MOST_READ);
    assertThat(page("/admin/charts?span=7d").text())
        .contains("stopped anything since 20", "All activity")
        .contains("Only the latest 5,000 entries of Activity were read, back to 20")
        .doesNotContain("actions are marked");

    for (int i = 0; i < 51; i++) {
      fleet.act("operator:kim", "pause", "p-" + i, "", "");
    }
    PageAnswer page = page("/admin/charts?span=24h");
    assertThat(page.main().select("ol.marks li")).hasSize(50);
    assertThat(page.text()).contains("The latest 50 actions are marked.").doesNotContain("p-0 ");
    PageAnswer one = page("/admin/charts?span=24h&project=p-9");
    assertThat(one.main().select("ol.marks li")).hasSize(1);
    assertThat(one.text())
        .contains("Only the latest 5,000 entries")
        .doesNotContain("actions are marked");
  }

  private void messages(int count) {
    for (int i = 0; i < count; i++) {
      fleet.act("operator:kim", "send", "s-" + i, "", "");
    }
  }

  @Test
  void withoutTheStoreNothingIsSaidOfActions() {
    fleet.pause("payments", "first", "operator:kim");
    page("/admin/charts");
    server.store.away(true);

    assertThat(page("/admin/charts?span=1h").text()).doesNotContain("No operator paused");
  }
}
