package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.Axe;
import dev.sluice.service.browser.Browser;
import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.Layout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyActsIT extends BrowserTest {

  private static final Pattern KEY = Pattern.compile("rs[kp]_live_[\\w-]+");

  @BeforeEach
  void admin() {
    startAs("admin");
  }

  @Test
  void theKeyThatIsShownRegistersAWorkerAndIsNotShownAgain() {
    browser.open("/admin/add-worker");
    browser.type("#name", "build machines");
    browser.click(".act button[type=submit]");
    browser.awaitText("main", "_live_");

    Matcher key = KEY.matcher(browser.text("main"));
    assertThat(key.find()).isTrue();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.width(Browser.PHONE);
    assertThat(browser.measure(Layout.SIDEWAYS)).isEmpty();
    assertThat(browser.text("#joined")).contains("No worker has registered with this key yet");
    browser.stays();
    String worker =
        dashboard
            .call("POST", "/api/workers/register", key.group(), "{\"hostname\":\"new-machine\"}")
            .at("/workerId")
            .asText();
    browser.awaitText("#joined", "new-machine registered");
    browser.awaitText("#joined", "It has not polled for work yet");
    dashboard.call("GET", "/api/workers/" + worker + "/poll?wait=0", key.group(), null);
    browser.awaitText("#joined", "polls for work");
    browser.assertStayed();
    browser.open("/admin/keys");
    assertThat(browser.text("main")).doesNotContain(key.group());
    browser.open("/admin/workers/" + worker);
    assertThat(browser.text("main")).contains("new-machine");
  }
}
