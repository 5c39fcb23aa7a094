package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is shown as people name it, and a hostile title stays a title. */
class SubjectIT extends BrowserTest {

  private static final String HOSTILE =
      "<img src=x onerror=window.hit=1> \"{{title}}\" \u05e9\u05dc\u05d5\u05dd "
          + "z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u035a"
          + " word".repeat(40);

  private static final String HEIGHTS =
      "return [...new Set([...document.querySelectorAll('main tbody tr')]"
          + ".map(row => Math.round(row.getBoundingClientRect().height)))]";

  private static final String CONTROL_K =
      "document.body.dispatchEvent("
          + "new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true}))";

  private SceneWorker worker;

  @BeforeAll
  void fill() {
    worker =
        dashboard.worker(
            "{\"hostname\":\"subject-host\",\"capacity\":2,\"projects\":[\"subject\"]}");
    enqueue("subject-1", "SUB-1", "Fix flaky checkout test");
    enqueue("subject-2", "SUB-\u202e2", HOSTILE);
    worker.poll(2).forEach(id -> worker.report(id, "running"));
    enqueue("subject-3", "SUB-3", "Index the changelog");
    enqueue("subject-4", "SUB-\u202e4", HOSTILE);
    browser.logIn("vera");
  }

  @AfterAll
  void endAll() {
    List.of("subject-3", "subject-4")
        .forEach(id -> dashboard.call("DELETE", "/api/work/" + id, null));
    List.of("subject-1", "subject-2").forEach(id -> worker.report(id, "completed"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Browser.DESKTOP, Browser.PHONE})
  void workIsNamedInListsAndOnItsPage(int width) {
    browser.width(width);

    browser.open("/admin/queues/subject");
    assertThat(browser.text("main tbody")).contains("SUB-3 Index the changelog", "opus");
    isHarmless();
    assertThat(browser.measure(HEIGHTS)).as("a hostile title makes no row higher").hasSize(1);

    browser.open("/admin/hosts/subject-host");
    assertThat(browser.text("main")).contains("SUB-1 Fix flaky checkout test", "subject-host");
    isHarmless();

    browser.open("/admin/sessions/subject-1");
    assertThat(browser.text("h1")).isEqualTo("SUB-1 Fix flaky checkout test");
    assertThat(browser.text(".subject")).contains("git.example/acme/shop", "fix/flaky", "opus");
    assertThat(browser.text(".subject")).contains("subject-1");

    browser.open("/admin/sessions/subject-4");
    assertThat(browser.text("h1")).contains("<img src=x onerror=window.hit=1> \"{{title}}\"");
    isHarmless();
  }

  @Test
  void aMarkOnAChartNamesItToo() {
    enqueue("subject-5", "SUB-\u202e5", HOSTILE);
    dashboard.call("DELETE", "/api/work/subject-5", null);

    browser.width(Browser.PHONE);
    browser.open("/admin/charts?span=7d");

    browser.awaitText(".marks", "SUB-\u202e5 <img src=x");
    isHarmless();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idsAreReadableWithoutScript(boolean script) {
    browser.width(Browser.DESKTOP);
    browser.script(script);
    browser.open("/admin/queues/subject");

    assertThat(browser.text("main tbody").contains("subject-3")).isEqualTo(!script);
    assertThat(browser.text("main tbody")).contains("SUB-3 Index the changelog");
    browser.script(true);
  }

  @Test
  void theSearchIsAKeyAwayAndFindsWords() {
    browser.width(Browser.DESKTOP);
    browser.open("/admin/inbox");
    browser.run(CONTROL_K);
    browser.await("the search", () -> browser.has("#search:focus"));
    browser.type("#search", "FLAKY subject-host");
    browser.click(".search button");

    browser.awaitText("main tbody", "SUB-1 Fix flaky checkout test");
    assertThat(browser.text("main tbody")).doesNotContain("SUB-3");
    isHarmless();
  }

  private void isHarmless() {
    assertThat(browser.run("return window.hit")).isNull();
    assertThat(browser.all("main img")).isEmpty();
    assertThat(browser.measure(Layout.SIDEWAYS)).isEmpty();
  }

  private void enqueue(String id, String issue, String title) {
    ObjectNode item =
        JsonNodeFactory.instance
            .objectNode()
            .put("sessionId", id)
            .put("projectName", "subject")
            .put("issueIdentifier", issue)
            .put("prompt", "Do what the issue says")
            .put("title", title)
            .put("repository", "git.example/acme/shop")
            .put("branch", "fix/flaky")
            .put("model", "opus");
    dashboard.post("/api/work", item.toString());
  }
}
