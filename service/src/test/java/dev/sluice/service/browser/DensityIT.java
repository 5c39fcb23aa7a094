package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts the rows of a list that fit on the first screen. */
class DensityIT extends BrowserTest {

  /** Rows of the list above the lower edge of a window of this height. */
  private static final String VISIBLE =
      "return [...document.querySelectorAll('main tbody tr')]"
          + ".filter(row => row.getBoundingClientRect().bottom <= %d).length";

  @BeforeAll
  void fill() {
    for (int i = 0; i < 30; i++) {
      dashboard.post(
          "/api/work",
          "{\"projectName\":\"dense\",\"issueIdentifier\":\"DEN-%d\",\"prompt\":\"p\",\"requiredCapabilities\":[\"xcode-16\"]}"
              .formatted(i));
    }
    dashboard.post("/api/queues/dense/pause", "{\"reason\":\"the provider is down\"}");
    browser.logIn("admin");
  }

  @Test
  void aDeskShowsFifteenWaitingItems() {
    browser.width(Browser.DESKTOP);
    browser.open("/admin/queues/dense");

    assertThat(visible(900)).isGreaterThanOrEqualTo(15);
    assertThat(browser.text("main .all")).contains("was paused by");
    assertThat(browser.text("main tbody")).doesNotContain("was paused by");
  }

  @Test
  void aPhoneShowsTheFirstWithoutScrolling() {
    browser.width(Browser.PHONE);
    browser.open("/admin/queues/dense");

    assertThat(visible(780)).isPositive();
    browser.width(Browser.DESKTOP);
  }

  @Test
  void theWorkListShowsEighteenRunningSessionsOnADeskAndTheFirstOnAPhone() {
    SceneWorker worker =
        dashboard.worker("{\"hostname\":\"h\",\"capacity\":20,\"projects\":[\"crowd\"]}");
    for (int i = 0; i < 20; i++) {
      dashboard.post("/api/work", "{\"projectName\":\"crowd\",\"prompt\":\"p\"}");
    }
    List<String> claimed = new ArrayList<>();
    while (claimed.size() < 20) {
      claimed.addAll(worker.poll(5));
    }
    browser.width(1440);
    browser.open("/admin/work");
    browser.await("all", () -> browser.all("main tbody tr").size() >= 20);

    assertThat(visible(900)).isGreaterThanOrEqualTo(18);
    browser.width(Browser.PHONE);
    browser.open("/admin/work");
    assertThat(visible(740)).isPositive();
    assertThat(
            browser.run(
                "const row = document.querySelector('.tabs ul').getBoundingClientRect();"
                    + "const tab = document.querySelector('.tabs [aria-current]')"
                    + ".getBoundingClientRect();"
                    + "return row.left <= tab.left && tab.right <= row.right"))
        .as("the current tab is seen")
        .isEqualTo(true);
    browser.width(Browser.DESKTOP);
    claimed.forEach(id -> worker.report(id, "completed"));
  }

  private long visible(int height) {
    return ((Number) browser.run(VISIBLE.formatted(height))).longValue();
  }
}
