package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.service.http.SluiceServer;
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
    return Dashboard.start("hazelcast", SluiceServer.ONE_MEMBER, "findings.hold=1h");
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

  @Test
  void whatIsRecordedLateIsToldOnceInEachOrg() {
    browser.startAnew(dashboard.url());
    browser.notifications("granted");
    browser.logIn("admin");
    browser.run("localStorage['sluice-notify'] = 'yes'");
    browser.run("localStorage['sluice-notified:default'] = '9000000000000'");

    for (String org : List.of("default", "other")) {
      browser.open("/admin?org=" + org);
      browser.awaitText(".org", org);
      browser.run(SPY);
      hear("late b", 2_000);
      hear("late a", 1_000);
      hear("late b", 2_000);
      hear("late b", 3_000);
      assertThat(notified())
          .filteredOn(each -> each.startsWith("Sluice: late"))
          .as(org)
          .containsExactly("Sluice: late b", "Sluice: late a", "Sluice: late b");
    }
    browser.run("localStorage.clear()");
  }

  @Test
  void aTabThatHearsNothingAsks() {
    browser.open("/admin");
    browser.run(
        """
        const ask = window.fetch, now = Date.now;
        let later = 0;
        window.asked = false;
        window.fetch = (address, ...more) => {
          asked = asked || String(address).includes('once=1');
          return ask(address, ...more);
        };
        Date.now = () => now() + (later += 31000);
        """);

    browser.await("a look", () -> Boolean.TRUE.equals(browser.run("return window.asked")));
  }

  /** As the page hears it from its stream. */
  private void hear(String words, long beganAt) {
    browser.run(
        """
        const news = [{ key: arguments[0], at: arguments[1], words: arguments[0] }];
        document.dispatchEvent(new CustomEvent(
          'sluice:fleet', { detail: { alerts: 1, now: Date.now(), news: news } }));
        """,
        words,
        beganAt);
  }

  private List<String> notified() {
    return browser.measure("return window.notified");
  }

  private static SeenFinding paused(String project) {
    return new SeenFinding("paused", project, project, project + " is paused, 1 waits");
  }
}
