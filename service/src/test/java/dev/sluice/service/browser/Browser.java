package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Waits for conditions, never for a fixed time. */
public final class Browser implements AutoCloseable {

  static final int DESKTOP = 1280;
  public static final int PHONE = 360;

  private static final String TEXT =
      """
      const first = document.querySelector(arguments[0]);
      return first && first.checkVisibility() ? first.innerText : '';
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration SOON = Duration.ofMillis(50);

  /** Between two loads of a page, which cost a busy machine more than the wait. */
  private static final Duration NEXT_LOAD = Duration.ofMillis(250);

  private final ChromeDriver driver;
  private String url = "";

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test if none is installed. */
  static Browser start() {
    return new Browser(Chromium.start());
  }

  /** Logged out, light theme, desktop size. */
  public void startAnew(String server) {
    url = server;
    script(true);
    theme("light");
    width(DESKTOP);
    driver.get("about:blank");
    loseCookies();
    complaints();
  }

  public void open(String path) {
    driver.get(url + path);
  }

  public void visit(String address) {
    driver.get(address);
  }

  /** Logs in at the current page or the overview. */
  public void logIn(String name) {
    if (!has("#password")) {
      open("/admin/login");
    }
    type("#name", name);
    type("#password", Dashboard.PASSWORD);
    click(".login button[type=submit]");
    await("logged in as " + name, () -> has("form[action='/admin/logout']"));
  }

  /**
   * Takes a session without the login page.
   *
   * @param cookie name and value
   */
  void use(String cookie) {
    String[] parts = cookie.split("=", 2);
    driver.executeCdpCommand(
        "Network.setCookie", Map.of("name", parts[0], "value", parts[1], "url", url));
  }

  /**
   * Sets the system's theme, {@code light} or {@code dark}, without animations, so that colours are
   * final.
   */
  void theme(String theme) {
    List<Map<String, String>> features =
        List.of(
            Map.of("name", "prefers-color-scheme", "value", theme),
            Map.of("name", "prefers-reduced-motion", "value", "reduce"));
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  public void width(int pixels) {
    int height = pixels == PHONE ? 740 : 860;
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", pixels, "height", height, "deviceScaleFactor", 1, "mobile", pixels == PHONE));
  }

  /** Allows or forbids scripts of pages; those of the tests always run. */
  public void script(boolean on) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** Sets the site's permission to notify: {@code granted}, {@code denied} or {@code prompt}. */
  void notifications(String setting) {
    driver.executeCdpCommand(
        "Browser.setPermission",
        Map.of("permission", Map.of("name", "notifications"), "setting", setting, "origin", url));
  }

  List<String> complaints() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  public List<String> measure(String script) {
    return ((List<?>) Objects.requireNonNull(run(script))).stream().map(String::valueOf).toList();
  }

  /** Runs a script that calls its last argument when it is done. */
  @Nullable Object runToItsEnd(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  public String path() {
    return driver.getCurrentUrl().replaceFirst("^https?://[^/]+", "");
  }

  String title() {
    return driver.getTitle();
  }

  public boolean has(String css) {
    return !driver.findElements(By.cssSelector(css)).isEmpty();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  List<WebElement> find(By by) {
    return driver.findElements(by);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** Visible text of the first match; empty without one. */
  public String text(String css) {
    return String.valueOf(run(TEXT, css)).strip();
  }

  public void click(String css) {
    await(css, () -> has(css));
    driver.findElement(By.cssSelector(css)).click();
  }

  public void clickLink(String text) {
    driver.findElement(By.partialLinkText(text)).click();
  }

  public void type(String css, String text) {
    WebElement field = driver.findElement(By.cssSelector(css));
    field.clear();
    field.sendKeys(text);
  }

  public void awaitText(String css, String text) {
    await(text + " in " + css, () -> text(css).contains(text));
  }

  public void await(String what, BooleanSupplier condition) {
    await(what, condition, SOON);
  }

  /**
   * @param condition loads a page, whose figures may be a second old
   */
  public void awaitByLoading(String what, BooleanSupplier condition) {
    await(what, condition, NEXT_LOAD);
  }

  private void await(String what, BooleanSupplier condition, Duration pause) {
    new WebDriverWait(driver, PATIENCE, pause)
        .withMessage(() -> what + " on " + path() + ", which shows:\n" + text("main"))
        .until(any -> condition.getAsBoolean());
  }

  /** Until the page of this element is left. */
  void awaitLeft(WebElement element) {
    var left = ExpectedConditions.stalenessOf(element);
    await("another page", () -> Boolean.TRUE.equals(left.apply(driver)));
  }

  public void stays() {
    run("window.stayed = true");
  }

  /** Asserts that no other page was loaded. */
  public void assertStayed() {
    assertThat(run("return window.stayed")).as("the page was not loaded anew").isEqualTo(true);
  }

  void pointAt(String css) {
    new Actions(driver).moveToElement(driver.findElement(By.cssSelector(css))).perform();
  }

  void press(String key) {
    new Actions(driver).sendKeys(key).perform();
  }

  void loseCookies() {
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
  }

  String newTab(String path) {
    driver.switchTo().newWindow(WindowType.TAB);
    open(path);
    return driver.getWindowHandle();
  }

  void switchTo(String tab) {
    driver.switchTo().window(tab);
  }

  void closeOtherTabs() {
    String kept = driver.getWindowHandle();
    for (String tab : driver.getWindowHandles()) {
      if (!tab.equals(kept)) {
        driver.switchTo().window(tab);
        driver.close();
      }
    }
    driver.switchTo().window(kept);
  }

  byte[] picture() {
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
