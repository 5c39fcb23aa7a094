package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.SceneTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueActsIT extends BrowserTest {

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aQueueIsPausedAndResumed(boolean script) {
    String project = "held-" + script;
    dashboard.post("/api/work", "{\"projectName\":\"" + project + "\",\"prompt\":\"p\"}");
    browser.script(script);
    browser.open("/admin/queues/" + project);

    browser.clickLink("Pause");
    browser.awaitText("h1", "Pause");
    browser.type("#reason", "money moves");
    browser.click(".act button[type=submit]");

    browser.awaitText(".title", "paused");
    assertThat(browser.text("main")).contains("ann", "money moves");
    assertThat(browser.path()).startsWith("/admin/queues/" + project);
    browser.open("/admin/activity");
    assertThat(browser.text("main tbody tr")).contains("ann", "pause", project, "money moves");
    assertThat(isOpen(project)).isFalse();

    browser.open("/admin/queues/" + project);
    browser.click(".acts button, .acts a");
    if (browser.path().endsWith("/resume")) {
      browser.click(".act button[type=submit]");
    }
    browser.awaitText(".title", "open");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allQueuesArePausedUntilALocalTimeAndResumed(boolean script) {
    List<String> projects = List.of("all-1-" + script, "all-2-" + script);
    projects.forEach(
        project ->
            dashboard.post("/api/work", "{\"projectName\":\"" + project + "\",\"prompt\":\"p\"}"));
    browser.script(script);
    browser.awaitByLoading(
        "the button",
        () -> {
          browser.open("/admin/queues"); // its figures may be a second old
          return browser.text("header .acts").contains("Pause all");
        });

    browser.clickLink("Pause all");
    browser.awaitText("h1", "Pause all projects");
    browser.type("#reason", "provider is down");
    assertThat(browser.text("#until-note")).contains(script ? "Times are yours" : "in UTC");
    if (script) {
      browser.run(
          "const picker = document.querySelector('[type=datetime-local]');"
              + "picker.value = '2999-12-24T18:00';"
              + "picker.dispatchEvent(new Event('change'));");
    } else {
      browser.type("#until", "2999-12-24 18:00");
    }
    browser.click(".act button[type=submit]");

    browser.awaitText(".notice", "paused until 2999-12-24 18:00");
    projects.forEach(project -> assertThat(isOpen(project)).isFalse());
    browser.clickLink("Resume all I paused");
    browser.awaitText("main", "paused by your");
    browser.click(".act button[type=submit]");
    browser.awaitText(".notice", "open again");
    projects.forEach(project -> assertThat(isOpen(project)).isTrue());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCookieThatEndsInTheMiddleOfAnActLosesNothing(boolean script) {
    String project = "late-" + script;
    browser.script(script);
    browser.open("/admin/queues/" + project + "/pause");
    browser.type("#reason", "typed before the end");
    SceneTime.pass(Duration.ofHours(13));

    browser.click(".act button[type=submit]");
    browser.await("the login", () -> browser.has("#password"));
    browser.logIn("ann");

    assertThat(browser.run("return document.getElementById('reason').value"))
        .isEqualTo("typed before the end");
    assertThat(isOpen(project)).as("nothing was done yet").isTrue();
    browser.click(".act button[type=submit]");
    browser.awaitText(".title", "paused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aFormOfAnotherSiteDoesNothing(String host) {
    String path = "/admin/queues/forged/pause";
    String fields = "<input name='reason' value='because'><input name='until' value=''>";
    try (OtherSite other = new OtherSite(dashboard.url() + path, fields)) {
      browser.visit(other.url(host));
      browser.await("our answer", () -> browser.path().startsWith("/admin"));
    }
    assertThat(isOpen("forged")).isTrue();
  }

  private boolean isOpen(String project) {
    return dashboard.call("GET", "/api/queues/" + project, null).at("/open").asBoolean();
  }
}
