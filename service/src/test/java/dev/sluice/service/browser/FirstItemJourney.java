package dev.sluice.service.browser;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The pages of an empty service as a newcomer sees them, without a reload. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FirstItemJourney extends BrowserTest {

  @Test
  @Order(1)
  void theFirstItemMovesFromWaitingToClaimedToItsEnd() {
    browser.logIn("admin");
    browser.awaitText("main", "Nothing here yet");
    browser.stays();

    dashboard.post(
        "/api/work", "{\"sessionId\":\"first\",\"projectName\":\"demo\",\"prompt\":\"Say hello\"}");
    browser.awaitText(".verdict", "demo has 1 waiting, but no worker takes it");
    browser.awaitText(figure("Waiting"), "1");

    SceneWorker worker = dashboard.worker("{\"hostname\":\"my-machine\",\"capacity\":2}");
    worker.poll(1);
    browser.awaitText(figure("Claimed"), "1");
    browser.awaitText(figure("Slots busy"), "1 / 2");

    worker.report("first", "completed");
    browser.awaitText(figure("Slots busy"), "0 / 2");
    browser.assertStayed();
  }

  private String figure(String label) {
    for (int i = 1; i <= browser.all(".summary li").size(); i++) {
      String figure = ".summary li:nth-child(" + i + ")";
      if (browser.text(figure + " .label").equals(label)) {
        return figure + " .value";
      }
    }
    throw new AssertionError("no figure " + label);
  }
}
