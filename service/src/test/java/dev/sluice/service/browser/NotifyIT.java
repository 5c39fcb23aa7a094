package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.findings.SeenFinding;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notifications of the browser, on a fleet whose findings are recorded by hand. */
class NotifyIT extends BrowserTest {

  /** Keeps what the browser is told to show. */
  private static final String SPY =
      """
      window.notified = [];
      window.Notification = class extends Notification {
        constructor(head, more) { super(head, more); notified.push(head + ': ' + more.body); }
      };
      """;

  @Override
  protected Dashboard startDashboard() {
    return Dashboard.start("hazelcast", "backend.hazelcast.durable=false", "findings.hold=1h");
  }

  @BeforeAll
  void pausedProjects() {
    for (String project : List.of("one", "two", "three", "four")) {
      dashboard.post("/api/work", "{\"projectName\":\"%s\",\"prompt\":\"p\"}".formatted(project));
      dashboard.post("/api/queues/" + project + "/pause", "{\"reason\":\"r\"}");
    }
    browser.logIn("ann");
  }

  @Test
  void eachNewFindingIsToldOnceTheBrowserAllowsIt() {
    browser.notifications("denied");
    browser.open("/admin");
    browser.stays();
    browser.awaitText("#notify", "This browser blocks notifications from Sluice.");
    assertThat(browser.text("#notify button")).isEmpty();
    assertThat(Axe.violations(browser)).isEmpty();

    browser.notifications("prompt");
    browser.awaitText("#notify button", "Notify me here");
    browser.notifications("granted");
    browser.run(SPY);
    browser.click("#notify button");
    browser.awaitText("#notify", "This browser notifies of new findings");
    assertThat(browser.text("#notify button")).isEqualTo("Stop notifications");
    assertThat(notified()).containsExactly("Sluice: New findings are told like this.");
    assertThat(Axe.violations(browser)).isEmpty();

    dashboard.record(paused("one"), paused("two"));
    browser.await("a notification", () -> notified().size() > 1);
    assertThat(notified()).hasSize(2);
    assertThat(notified().get(1))
        .startsWith("Sluice: 2 new findings: ")
        .contains("one is paused", "two is paused");
    dashboard.record(paused("three"));
    browser.await("another one", () -> notified().size() > 2);
    assertThat(notified().get(2)).isEqualTo("Sluice: three is paused, 1 waits");

    browser.click("#notify button");
    browser.awaitText("#notify button", "Notify me here");
    dashboard.record(paused("four"));
    browser.await("four counted", () -> browser.title().startsWith("(4)"));
    assertThat(notified()).hasSize(3);
    browser.assertStayed();
  }

  private List<String> notified() {
    return browser.measure("return window.notified");
  }

  private static SeenFinding paused(String project) {
    return new SeenFinding("paused", project, project, project + " is paused, 1 waits");
  }
}
