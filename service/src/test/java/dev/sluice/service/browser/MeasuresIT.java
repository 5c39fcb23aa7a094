package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeasuresIT extends BrowserTest {

  @BeforeEach
  void aPageWithNothingWrong() {
    browser.width(Browser.PHONE);
    browser.open("/admin/login");
    browser.complaints();
    assertThat(Axe.violations(browser)).isEmpty();
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatIsWiderThanTheScreen() {
    insert("<p><code>" + "x".repeat(30) + "</code></p>");
    assertThat(problems()).isEmpty();
    insert("<svg width='500' height='24'></svg>");
    assertThat(problems()).anyMatch(line -> line.contains("<svg"));
  }

  @Test
  void whatIsTooSmallToTap() {
    insert("<p>A <a href='#main'>link</a> in a sentence</p>");
    assertThat(problems()).isEmpty();
    insert("<form><button type='submit' class='plain'>x</button></form>");
    assertThat(problems()).singleElement().asString().contains("class=\"plain\"");
  }

  @Test
  void whatAxeKnows() {
    insert("<img src='/admin/assets/icon.svg'>");
    assertThat(Axe.violations(browser)).anyMatch(line -> line.startsWith("image-alt"));
    assertThat(Axe.violationsOfColours(browser)).isEmpty();
    insert("<p><mark class='pale'>pale</mark></p>");
    browser.run("document.querySelector('.pale').style.color = '#eedd00'");
    assertThat(Axe.violationsOfColours(browser))
        .anyMatch(line -> line.startsWith("color-contrast"));
  }

  @Test
  void whatAxeKnowsOfColoursNotSeenBefore() {
    Set<String> seen = new HashSet<>();
    insert("<img src='/admin/assets/icon.svg'><p><mark>first</mark></p>");
    assertThat(Axe.violationsOfNewColours(browser, seen)).isEmpty();
    insert("<p><mark>like the first</mark></p>");
    int before = seen.size();
    assertThat(Axe.violationsOfNewColours(browser, seen)).isEmpty();
    assertThat(seen).hasSize(before);

    browser.run("document.querySelectorAll('mark')[1].style.color = '#eedd00'");
    assertThat(Axe.violationsOfNewColours(browser, seen))
        .singleElement()
        .asString()
        .startsWith("color-contrast")
        .contains("like the first");
    assertThat(Axe.violationsOfStructure(browser))
        .singleElement()
        .asString()
        .startsWith("image-alt");
  }

  @Test
  void whatThePolicyForbids() {
    insert("<i onclick='window.hit = 1' id='trap'>x</i>");
    browser.run("document.getElementById('trap').click()");
    assertThat(browser.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
    assertThat(browser.run("return window.hit")).isNull();
  }

  @Test
  void whatIsMissing() {
    insert("<img src='/admin/assets/nothing.svg' alt=''>");
    browser.await("a complaint", () -> !browser.complaints().isEmpty());
  }

  private void insert(String html) {
    browser.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", html);
  }

  private List<String> problems() {
    List<String> wide = browser.measure(Layout.SIDEWAYS);
    return wide.isEmpty() ? browser.measure(Layout.SMALL_TARGETS) : wide;
  }
}
