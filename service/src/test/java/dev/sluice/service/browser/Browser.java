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
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser that looks at a server. It waits for what is to come, and never for a while. */
public final class Browser implements AutoCloseable {

  static final int DESKTOP = 1280;
  public static final int PHONE = 360;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;
  private String url = "";

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one, or skips the test where there is none. */
  static Browser start() {
    return new Browser(Chromium.start());
  }

  /** Looks at a server as if it had just been started: nobody logged in, light, on a desk. */
  public void startAnew(String server) {
    url = server;
    script(true);
    theme("light");
    width(DESKTOP);
    driver.get("about:blank");
    loseCookies();
    complaints();
  }

  /** Goes to a page of the server. */
  public void open(String path) {
    driver.get(url + path);
  }

  /** Goes to a page of anybody. */
  public void visit(String address) {
    driver.get(address);
  }

  /** Logs in by the form, at the page that was asked for or at the overview. */
  public void logIn(String name) {
    if (!has("#password")) {
      open("/admin/login");
    }
    type("#name", name);
    type("#password", Dashboard.PASSWORD);
    click(".login button[type=submit]");
    await("logged in as " + name, () -> has("form[action='/admin/logout']"));
  }

  /** As the system is set: {@code light} or {@code dark}. Nothing moves, so colours are final. */
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

  /** Lets pages run script, or not; that of the tests always runs. */
  public void script(boolean on) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** All that the console was told since the last time: errors, refusals of the policy. */
  List<String> complaints() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Runs a script of ours in the page; answers what it returns. */
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The faults that a script of {@link Layout} finds on the page. */
  public List<String> measure(String script) {
    return ((List<?>) Objects.requireNonNull(run(script))).stream().map(String::valueOf).toList();
  }

  /** Runs a script that calls its last argument when it is done. */
  @Nullable Object runToItsEnd(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** The path and query that it is at. */
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

  /** The text of the first of these, as it is seen; empty where there is none. */
  public String text(String css) {
    try {
      return driver.findElements(By.cssSelector(css)).stream()
          .findFirst()
          .map(WebElement::getText)
          .orElse("");
    } catch (StaleElementReferenceException e) { // replaced just now
      return text(css);
    }
  }

  /** Clicks on the first that is there once one is. */
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
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(() -> what + " on " + path() + ", which shows:\n" + text("main"))
        .until(any -> condition.getAsBoolean());
  }

  /** Marks the page that it is at, so that {@link #assertStayed} can tell. */
  public void stays() {
    run("window.stayed = true");
  }

  /** It is still that page: what changed did so without loading another. */
  public void assertStayed() {
    assertThat(run("return window.stayed")).as("the page was not loaded anew").isEqualTo(true);
  }

  void pointAt(String css) {
    new Actions(driver).moveToElement(driver.findElement(By.cssSelector(css))).perform();
  }

  /** Presses a key where the focus is. */
  void press(String key) {
    new Actions(driver).sendKeys(key).perform();
  }

  /** As if the login had ended. */
  void loseCookies() {
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
  }

  /** Opens a page in a tab of its own, which is in front then; answers what the tab is called. */
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

  /** The whole page as a PNG. */
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
