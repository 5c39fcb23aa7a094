package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.SceneWorker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetActsIT extends BrowserTest {

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWorkerIsDrainedAndUndrained(boolean script) {
    SceneWorker worker = worker("drained-" + script);
    browser.script(script);
    browser.open("/admin/workers/" + worker.id());

    browser.clickLink("Drain");
    browser.type("#reason", "new disk");
    browser.click(".act button[type=submit]");

    browser.awaitText(".title", "draining");
    assertThat(browser.text("main")).contains("ann", "new disk");
    enqueue("drained-" + script, "drained-" + script);
    assertThat(worker.poll(1)).isEmpty();

    browser.click(".acts a[href*=undrain], .acts form[action*=undrain] button");
    if (browser.path().contains("undrain")) {
      browser.click(".act button[type=submit]");
    }
    browser.awaitText(".title", "ready");
    assertThat(worker.poll(1)).hasSize(1);
  }

  @Test
  void aMessageIsSentAndSeenToBeAcknowledged() {
    enqueue("told", "told-1");
    SceneWorker worker = worker("told");
    worker.poll(1);
    worker.report("told-1", "running");
    browser.open("/admin/sessions/told-1");

    browser.type(".composer [name=text]", "Leave the lexer alone");
    browser.click(".composer button[type=submit]");
    browser.awaitText(".lanes", "Leave the lexer alone");
    browser.stays();

    assertThat(worker.acknowledgeAll()).isEqualTo(1);

    browser.awaitText(".lanes", "acknowledged");
    browser.assertStayed();
  }

  private SceneWorker worker(String project) {
    return dashboard.worker(
        "{\"hostname\":\"h\",\"capacity\":2,\"projects\":[\"" + project + "\"]}");
  }

  private void enqueue(String project, String id) {
    dashboard.post(
        "/api/work",
        "{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"p\"}".formatted(id, project));
  }
}
