package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.SceneWorker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostActsIT extends BrowserTest {

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHostIsDrainedForARebootInThreeClicks(boolean script) {
    String host = "reboot-" + script;
    SceneWorker one = worker(host);
    worker(host);
    dashboard.post(
        "/api/work",
        "{\"sessionId\":\"on-%s\",\"projectName\":\"%s\",\"prompt\":\"p\"}".formatted(host, host));
    assertThat(one.poll(1)).containsExactly("on-" + host);
    browser.awaitByLoading("the host in the snapshot", () -> shown("/admin/hosts").contains(host));
    browser.script(script);
    browser.open("/admin");

    browser.click(".side a[href='/admin/hosts']");
    browser.click("a[href='/admin/hosts/" + host + "/drain']");
    browser.type("#reason", "new disk");
    browser.click(".act button[type=submit]");

    browser.awaitText("main .notice", "Draining: 1 session left.");
    browser.stays();
    one.report("on-" + host, "completed");
    if (script) {
      browser.awaitText("main .notice", "Safe to reboot");
      browser.assertStayed();
    } else {
      browser.awaitByLoading(
          "an empty host", () -> shown("/admin/hosts/" + host).contains("Safe to reboot"));
    }
  }

  private String shown(String page) {
    browser.open(page);
    return browser.text("main");
  }

  private SceneWorker worker(String host) {
    return dashboard.worker(
        "{\"hostname\":\"%s\",\"capacity\":2,\"projects\":[\"%s\"]}".formatted(host, host));
  }
}
