package dev.sluice.service.browser;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;

/** Someone at the dashboard, whose clicks, taps or presses of Enter are counted. */
final class Operator {

  enum Way {
    MOUSE,
    /** Each link and button is focused, and Enter is pressed. */
    KEYBOARD,
    WITHOUT_SCRIPT,
    PHONE
  }

  private final Browser browser;
  private final Way way;
  private int clicks;

  Operator(Browser browser, Way way) {
    this.browser = browser;
    this.way = way;
    browser.script(way != Way.WITHOUT_SCRIPT);
    browser.width(way == Way.PHONE ? Browser.PHONE : Browser.DESKTOP);
  }

  int clicks() {
    return clicks;
  }

  boolean hasScript() {
    return way != Way.WITHOUT_SCRIPT;
  }

  /** Goes to a page of the navigation; on a phone by a figure of the summary, or the menu. */
  void go(String page) {
    String figure = "#bar a[href='/admin" + page + "']";
    if (way == Way.PHONE && browser.has(figure)) {
      click(figure);
    } else if (way == Way.PHONE) {
      click("details.menu > summary");
      click("#menu a[href^='/admin" + page + "']");
    } else {
      click("#side a[href^='/admin" + page + "']");
    }
  }

  void click(String css) {
    await(css, () -> clicked(css));
  }

  /**
   * False if there is none, or a live page replaced it before the click. A click that leads to
   * another page can end with the same error as one that came too late: it must not be repeated.
   */
  private boolean clicked(String css) {
    int before = clicks;
    browser.run("window.clickedHere = true");
    try {
      List<WebElement> found = browser.all(css);
      if (found.isEmpty()) {
        return false;
      }
      click(found.get(0));
      return true;
    } catch (WebDriverException e) {
      if (!isGone(e)) {
        throw e;
      }
      if (browser.run("return window.clickedHere || null") == null) {
        return true;
      }
      clicks = before;
      return false;
    }
  }

  /** Chromium tells in either way that an element was replaced. */
  private static boolean isGone(WebDriverException e) {
    return e instanceof StaleElementReferenceException
        || String.valueOf(e.getMessage()).contains("does not belong to the document");
  }

  /** The link or button of the page's content with this text, in a menu if it is in one. */
  void choose(String text) {
    await(text, () -> browser.text("main").contains(text) || !named(text).isEmpty());
    WebElement found = named(text).get(0);
    if (!found.isDisplayed()) {
      click(found.findElement(By.xpath("ancestor::details[not(@open)]/summary")));
    }
    click(found);
  }

  private List<WebElement> named(String text) {
    return browser.find(
        By.xpath(
            "//main//*[self::a or self::button][starts-with(normalize-space(.), '%s')]"
                .formatted(text)));
  }

  void submit() {
    click(".act button[type=submit]");
  }

  void type(String css, String text) {
    browser.await(css, () -> browser.has(css));
    browser.type(css, text);
  }

  /** Enter in a field of a form. */
  void enter(String css) {
    browser.await(css, () -> browser.has(css));
    clicks++;
    browser.all(css).get(0).sendKeys(Keys.ENTER);
  }

  void sees(String text) {
    await(text, () -> browser.text("body").contains(text));
  }

  /** Asks for the page again meanwhile if there is no script. */
  private void await(String what, BooleanSupplier shown) {
    if (hasScript()) {
      browser.await(what, shown);
    } else if (!shown.getAsBoolean()) {
      browser.awaitByLoading(
          what,
          () -> {
            browser.visit(browser.address());
            return shown.getAsBoolean();
          });
    }
  }

  private void click(WebElement element) {
    clicks++;
    if (way == Way.KEYBOARD) {
      element.sendKeys(Keys.ENTER);
    } else {
      browser.run("arguments[0].scrollIntoView({block: 'center'})", element);
      boolean leaves = !hasScript() && leaves(element);
      element.click();
      if (leaves) { // else sees() would ask for the page before again
        browser.awaitLeft(element);
      }
    }
  }

  private static boolean leaves(WebElement element) {
    return element.getTagName().equals("a") || "submit".equals(element.getDomProperty("type"));
  }
}
