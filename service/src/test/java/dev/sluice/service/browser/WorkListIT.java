package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, and the panel beside the list. */
class WorkListIT extends BrowserTest {

  private static final int WIDE = 1500;
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";
  private static final String TICKED =
      "return [...document.querySelectorAll('main tbody input:checked')].map(box => box.value)";
  private static final String LIST = "/admin/work?project=listed";

  private SceneWorker worker;

  @BeforeAll
  void fill() {
    worker =
        dashboard.worker("{\"hostname\":\"list-host\",\"capacity\":3,\"projects\":[\"listed\"]}");
    for (int i = 1; i <= 3; i++) {
      dashboard.post(
          "/api/work",
          ("{\"sessionId\":\"listed-%d\",\"projectName\":\"listed\",\"prompt\":\"p\","
                  + "\"issueIdentifier\":\"LST-%d\",\"title\":\"Do it %d\"}")
              .formatted(i, i, i));
    }
    worker.poll(3).forEach(id -> worker.report(id, "running"));
    browser.logIn("ann");
  }

  @AfterAll
  void endAll() {
    List.of("listed-1", "listed-2", "listed-3").forEach(id -> worker.report(id, "completed"));
  }

  @BeforeEach
  void aList() {
    browser.width(WIDE);
    browser.open(LIST);
    browser.await("its work", () -> browser.all("main tbody tr").size() == 3);
  }

  @Test
  void keysMoveAndOpenBesideTheList() {
    browser.press("j");
    browser.press("j");
    browser.press("j");
    browser.press("k");
    String second = focused();
    browser.press(ENTER);

    browser.awaitText("#panel h2", "LST-");
    assertThat(browser.path()).isEqualTo(LIST);
    assertThat(browser.text("#panel h2")).isEqualTo(second);
    assertThat(browser.text("#panel")).contains("list-host", "Last seen");
    assertThat(Axe.violations(browser)).isEmpty();

    browser.press("k");
    String first = focused();
    browser.awaitText("#panel h2", first);
    assertThat(first).isNotEqualTo(second);

    browser.press(ESCAPE);
    browser.await("no panel", () -> !browser.has("#panel"));
  }

  @Test
  void endedWorkIsFoundByWordsAndFiltered() {
    SceneWorker other =
        dashboard.worker("{\"hostname\":\"past-host\",\"capacity\":2,\"projects\":[\"past\"]}");
    for (String title : List.of("Zeppelin one", "Balloon two")) {
      dashboard.post(
          "/api/work",
          "{\"projectName\":\"past\",\"prompt\":\"p\",\"title\":\"%s\"}".formatted(title));
    }
    other.poll(2).forEach(id -> other.report(id, "completed"));

    browser.open("/admin/work?q=zeppelin");
    browser.awaitText(".things", "Zeppelin one");
    assertThat(browser.text(".things")).contains("ended", "completed", "on past-host");
    browser.open("/admin/work?state=ended&host=past-host");
    browser.await("its work", () -> browser.all("main tbody tr").size() == 2);
    assertThat(Axe.violations(browser)).isEmpty();

    browser.type("#search", "zeppelin");
    browser.press(ENTER);
    browser.await("one of it", () -> browser.all("main tbody tr").size() == 1);
    assertThat(browser.path()).contains("state=ended", "host=past-host", "q=zeppelin");
    browser.click(".chips a");
    browser.await("both again", () -> browser.all("main tbody tr").size() == 2);
  }

  @Test
  void xSelectsAndTheListWaitsMeanwhile() {
    browser.press("j");
    browser.press("x");

    browser.awaitText("#selection output", "1 selected");
    assertThat(browser.measure(TICKED)).hasSize(1);
    browser.press("x");
    browser.await("none selected", () -> browser.text("#selection output").isEmpty());
  }

  @Test
  void aClickOpensBesideTheListAndThePanelLeadsToThePage() {
    browser.click("main tbody th a");
    browser.awaitText("#panel h2", "LST-");
    browser.click("#panel h2 a");

    browser.await("its page", () -> browser.path().startsWith("/admin/sessions/listed-"));
  }

  @Test
  void onASmallerScreenEnterLeadsToThePage() {
    browser.width(Browser.DESKTOP);
    browser.press("j");
    browser.press(ENTER);

    browser.await("its page", () -> browser.path().startsWith("/admin/sessions/listed-"));
  }

  private String focused() {
    return String.valueOf(browser.run("return document.activeElement.innerText")).strip();
  }
}
