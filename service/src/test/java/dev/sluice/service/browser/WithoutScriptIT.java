package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

class WithoutScriptIT extends BrowserTest {

  @BeforeAll
  void fill() {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      items.append(items.isEmpty() ? "" : ",");
      items.append(
          "{\"sessionId\":\"long-%d\",\"prompt\":\"p\",\"projectName\":\"long-list\"}"
              .formatted(i));
    }
    dashboard.post("/api/work", "{\"items\":[" + items + "]}");
    browser.script(false);
    browser.logIn("admin");
  }

  @BeforeEach
  void onADesk() {
    browser.width(Browser.DESKTOP);
    browser.open("/admin");
  }

  @Test
  void theNavigationLeadsToEachSection() {
    List<String> titles =
        browser.all(".side a > span:first-child").stream().map(WebElement::getText).toList();
    assertThat(titles).contains("Queues", "Work", "Keys");
    for (int i = 0; i < titles.size(); i++) {
      browser.all(".side a").get(i).click();
      assertThat(browser.text(".side [aria-current]")).startsWith(titles.get(i));
    }
  }

  @Test
  void theMenuOpensOnAPhone() {
    browser.width(Browser.PHONE);
    browser.open("/admin");
    assertThat(browser.all(".menu nav a").get(0).isDisplayed()).isFalse();

    browser.click(".menu summary");
    browser.all(".menu nav a").stream()
        .filter(link -> link.getText().startsWith("Queues"))
        .findFirst()
        .orElseThrow()
        .click();

    browser.awaitText("h1", "Queues");
  }

  @Test
  void theThemeIsChosenAndKept() {
    for (String theme : List.of("dark", "light")) {
      browser.click(".side .theme button[value=" + theme + "]");
      browser.await(theme, () -> browser.has("html[data-theme=" + theme + "]"));
      browser.clickLink("Workers");
      assertThat(browser.has("html[data-theme=" + theme + "]")).isTrue();
    }
    browser.click(".side .theme button[value=auto]");
    browser.await("the system's theme", () -> !browser.has("html[data-theme]"));
  }

  @Test
  void aListGoesOnOnItsNextPage() {
    browser.open("/admin/queues/long-list");
    assertThat(browser.all("main tbody tr")).hasSize(25);

    browser.clickLink("Next page");

    browser.await("the rest", () -> browser.all("main tbody tr").size() == 5);
    browser.clickLink("First page");
    browser.await("the first page", () -> browser.all("main tbody tr").size() == 25);
  }

  @Test
  void theSearchFindsASession() {
    browser.open("/admin/work");
    browser.type("#search", "long-7");
    browser.click(".search button");
    browser.awaitText("main", "long-7");
    assertThat(browser.text("main .things")).contains("ready");
  }
}
