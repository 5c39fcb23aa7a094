package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.SceneTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadActsIT extends BrowserTest {

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneIsRequeued(boolean script) {
    String id = "late-" + script;
    dashboard.post(
        "/api/work",
        "{\"sessionId\":\"%s\",\"projectName\":\"late\",\"prompt\":\"p\",\"deadline\":%d}"
            .formatted(id, SceneTime.CLOCK.millis() + 60_000));
    SceneTime.pass(Duration.ofMinutes(2));
    dashboard.sweep();
    browser.script(script);
    browser.open("/admin/work?state=dead");
    assertThat(browser.text("main")).contains(id);

    browser.click("main a[href*='/dead/" + id + "/requeue']");
    browser.awaitText("h1", id);
    browser.type("#reason", "the deadline was a mistake");
    browser.click(".act button[type=submit]");

    browser.awaitText(".notice", id);
    assertThat(dashboard.call("GET", "/api/work/" + id, null).at("/place").asText())
        .isEqualTo("ready");
    browser.open("/admin/activity");
    assertThat(browser.text("main tbody tr")).contains("ann", id, "the deadline was a mistake");
  }
}
