package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.findings.SeenFinding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveIT extends BrowserTest {

  private static final String SMALL =
      """
      const sizes = performance.getEntriesByType('resource')
        .filter(each => each.initiatorType === 'xmlhttprequest')
        .map(each => each.decodedBodySize);
      return sizes.length > 1 && sizes.slice(1).every(size => size < sizes[0] / 4);
      """;

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @Test
  void rowsDoNotMoveUnderThePointer() {
    enqueue("rows", "row-1");
    browser.open("/admin/queues/rows");
    browser.stays();
    browser.pointAt("main tbody tr");

    enqueue("rows", "row-2");
    browser.awaitText("button.pending", "1 change waiting");
    assertThat(browser.text("main tbody")).contains("row-1").doesNotContain("row-2");

    browser.click("button.pending");
    browser.awaitText("main tbody", "row-2");
    enqueue("rows", "row-3");
    browser.awaitText("main tbody", "row-3");
    browser.assertStayed();
  }

  @Test
  void onlyWhatHasChangedIsFetched() {
    enqueue("parts", "part-1");
    browser.open("/admin/queues/parts");
    browser.stays();
    for (int i = 2; i < 6; i++) {
      enqueue("parts", "part-" + i);
      browser.awaitText("main tbody", "part-" + i);
    }

    browser.await("small answers", () -> Boolean.TRUE.equals(browser.run(SMALL)));
    assertThat(browser.text("main tbody")).contains("part-1", "part-2", "part-3", "part-4");
    browser.assertStayed();
  }

  @Test
  void whatSomebodyTypesStays() {
    enqueue("typed", "typed-1");
    browser.open("/admin/work");
    browser.stays();
    browser.click(".filters summary");
    browser.type("#host", "half a na");
    browser.type("#search", "a word");

    SceneWorker worker = dashboard.worker("{\"hostname\":\"h\",\"projects\":[\"typed\"]}");
    worker.poll(1);
    browser.awaitText("button.pending", "waiting");

    assertThat(browser.run("return document.getElementById('host').value")).isEqualTo("half a na");
    assertThat(browser.run("return document.getElementById('search').value")).isEqualTo("a word");
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("search");
    browser.assertStayed();
  }

  @Test
  void manyTabsFollowAndHoldNoMoreStreamsThanAreSeen() {
    List<String> tabs = new ArrayList<>();
    for (int i = 0; i < 8; i++) { // more than a browser opens connections to one server
      tabs.add(browser.newTab("/admin/queues"));
    }
    enqueue("tabs", "tab-1");
    browser.awaitText("main", "tabs");
    browser.switchTo(tabs.get(0));
    browser.awaitText("main", "tabs");
    browser.closeOtherTabs();
  }

  @Test
  void chartsShowTheValuesUnderThePointerAndFollowTheFleet() {
    enqueue("charted", "charted-1");
    browser.open("/admin/charts?project=charted");
    browser.stays();
    browser.awaitText(".chart .legend strong", "1");

    browser.pointAt(".chart .field");
    browser.awaitText(".chart .when", "UTC");
    enqueue("charted", "charted-2");
    browser.pointAt("h1");

    browser.awaitText(".chart .legend strong", "2");
    assertThat(browser.text(".chart .when")).isEmpty();
    browser.assertStayed();
  }

  @Test
  void failuresAreDrawnByCause() {
    SceneWorker worker = dashboard.worker("{\"hostname\":\"h\",\"projects\":[\"causes\"]}");
    enqueue("causes", "cause-1");
    worker.poll(1);
    worker.report("cause-1", "running");
    worker.report("cause-1", "failed", "failureMode", "agent-blocked");

    browser.open("/admin/charts?span=24h");
    browser.awaitText("[data-chart=causes] .legend", "agent-blocked\n1");
    browser.pointAt("[data-chart=causes] .field");
    browser.awaitText("[data-chart=causes] .when", "UTC");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void keysReachTheSearchAndTheHelp() {
    browser.open("/admin");
    browser.press("/");
    browser.await("the search", () -> browser.has("#search:focus"));
    assertThat(browser.path()).isEqualTo("/admin");
    browser.open("/admin/workers");

    browser.press("?");
    browser.await("the help", () -> browser.has("dialog[open]"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.press("\uE00C"); // escape
    browser.await("no help", () -> !browser.has("dialog[open]"));
    assertThat(browser.path()).isEqualTo("/admin/workers");
  }

  @Test
  void findingsThatNobodyHasInHandAreCountedInTitleAndIcon() {
    enqueue("held", "held-1");
    dashboard.act("ann", "POST", "/api/queues/held/pause", "{\"reason\":\"r\"}");
    dashboard.record(new SeenFinding("paused", "held", "held", "held is paused, 1 waits"));
    browser.open("/admin");
    browser.stays();
    browser.await("the count", () -> browser.title().equals("(1) Overview \u00b7 Sluice"));
    assertThat(browser.has("link[rel=icon][href*=icon-alert]")).isTrue();
    browser.awaitText("#notify", "Notify me here");

    browser.click("form[action='/admin/findings/paused.held/ack'] button");
    browser.awaitText(".attention", "ann");
    browser.await("no count", () -> browser.title().equals("Overview \u00b7 Sluice"));
    assertThat(browser.has("link[rel=icon][href*=icon-alert]")).isFalse();
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void whoIsLoggedOutElsewhereIsToldSo() {
    enqueue("left", "left-1");
    browser.open("/admin/queues/left");
    browser.stays();

    browser.loseCookies();
    enqueue("left", "left-2");

    browser.awaitText("a.pending", "log in again");
    browser.assertStayed();
    browser.click("a.pending");
    browser.logIn("ann");
    assertThat(browser.path()).isEqualTo("/admin/queues/left");
  }

  private void enqueue(String project, String id) {
    dashboard.post(
        "/api/work",
        "{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"p\"}".formatted(id, project));
  }
}
