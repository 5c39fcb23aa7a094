package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.Browser;
import dev.sluice.service.browser.BrowserTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectedActsIT extends BrowserTest {

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @ParameterizedTest
  @CsvSource({"true, 1280", "false, 1280", "false, 360"})
  void someAreCancelledAfterAPreview(boolean script, int width) {
    String project = "chosen-" + script + width;
    for (int i = 0; i < 3; i++) {
      dashboard.post(
          "/api/work",
          "{\"sessionId\":\"%s-%d\",\"projectName\":\"%s\",\"prompt\":\"p\"}"
              .formatted(project, i, project));
    }
    browser.script(script);
    browser.width(width);
    browser.open("/admin/work?state=waiting&project=" + project);
    browser.click("main tbody input[value='" + project + "-0']");
    browser.click("main tbody input[value='" + project + "-2']");
    browser.click(".selection summary");
    browser.click(".selection .harm");

    browser.awaitText("h1", "Cancel 2 waiting items");
    assertThat(browser.text(".things")).contains(project + "-0", project + "-2");
    browser.type("#reason", "not needed");
    browser.click(".act button[type=submit]");

    browser.awaitText(".notice", "Cancelled: 2 of 2.");
    assertThat(browser.text("main")).doesNotContain(project + "-1");
    browser.click("main a.strong");
    browser.awaitText("main tbody", project + "-1");
    browser.awaitByLoading(
        "the list without them", // pages share a read for a second
        () -> {
          browser.open("/admin/work?state=waiting&project=" + project);
          return !browser.text("main tbody").contains(project + "-2");
        });
    browser.width(Browser.PHONE);
  }
}
