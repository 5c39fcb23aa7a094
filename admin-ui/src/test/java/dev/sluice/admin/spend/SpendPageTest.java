package dev.sluice.admin.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpendPageTest extends PageTestBase {

  private static final long DOLLAR = 1_000_000;

  @BeforeEach
  void oneWorker() {
    fleet.worker("w-1", 9, List.of());
  }

  @Test
  void costsAreShownNowAndByProjectModelAndHost() {
    running("a", 2 * DOLLAR);
    running("b", 4 * DOLLAR);
    fleet.report("b", "w-1", SessionState.COMPLETED, 4 * DOLLAR);

    PageAnswer page = page("/admin/spend");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.main().select(".facts").text())
        .contains("Today (UTC) $6.00", "an hour", "Last 24 h $6.00");
    assertThat(rows(page, "Running sessions by cost"))
        .singleElement()
        .asString()
        .contains("Title of a", "payments", "$2.00");
    assertThat(rows(page, "Cost by project")).containsExactly("payments $6.00 100 % 2 1 0 $6.00");
    assertThat(rows(page, "Cost by model")).containsExactly("opus $6.00 100 % 2 1 0 $6.00");
    assertThat(rows(page, "Cost by host")).hasSize(1);
  }

  @Test
  void aSessionFarAboveTheOthersOfItsProjectIsAnOutlier() {
    for (String id : List.of("a", "b", "c")) {
      running(id, 2 * DOLLAR);
    }
    running("runaway", 6 * DOLLAR + 1);

    PageAnswer page = page("/admin/spend");

    assertThat(page.text()).contains("1 running session cost more than 3 times");
    assertThat(rows(page, "Running sessions by cost").get(0))
        .contains("Title of runaway", "$6.00 $2.00 outlier");
    assertThat(rows(page, "Running sessions by cost").get(1)).doesNotContain("outlier");
  }

  @Test
  void whatASessionCostsItselfIsNotTypical() {
    running("done", 2 * DOLLAR);
    fleet.report("done", "w-1", SessionState.COMPLETED, 2 * DOLLAR);
    running("runaway", 30 * DOLLAR);

    assertThat(rows(page("/admin/spend"), "Running sessions by cost"))
        .singleElement()
        .asString()
        .contains("$30.00 $2.00 outlier");
  }

  @Test
  void aCompletedSessionBearsTheCostsOfAllOthers() {
    running("a", 2 * DOLLAR);
    running("b", 4 * DOLLAR);
    running("c", 6 * DOLLAR);
    fleet.report("a", "w-1", SessionState.FAILED, 2 * DOLLAR);
    assertThat(rows(page("/admin/spend"), "Cost by project"))
        .containsExactly("payments $12.00 100 % 3 0 1 –");
    fleet.report("b", "w-1", SessionState.COMPLETED, 4 * DOLLAR);

    PageAnswer page = page("/admin/spend?span=7d");
    assertThat(rows(page, "Cost by project")).containsExactly("payments $12.00 100 % 3 1 1 $12.00");
    assertThat(page.text()).contains("Per completed is all costs divided by completed sessions.");
  }

  @Test
  void theSummaryTellsWhatWasSpentToday() {
    running("a", 5 * DOLLAR);

    assertThat(page("/admin").document().select(".summary li:contains(Spend today)").text())
        .startsWith("Spend today $5.00 $");
  }

  @Test
  void nothingWasSpentYet() {
    assertThat(page("/admin/spend?span=1h").text())
        .contains("No running session has reported a cost.", "Nothing ran in this time.");
    PageAnswer wrong = page("/admin/spend?span=15m");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("Use span=1h, span=24h or span=7d.");
  }

  private void running(String id, long cost) {
    fleet.work(id).project("payments").about("Title of " + id, "", "opus").enqueue();
    fleet.poll("w-1", 1);
    fleet.report(id, "w-1", SessionState.RUNNING, cost);
  }

  private static List<String> rows(PageAnswer page, String label) {
    return page.main().select("[aria-label=" + label + "] tbody tr").eachText();
  }
}
