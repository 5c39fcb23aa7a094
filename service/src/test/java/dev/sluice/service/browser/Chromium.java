package dev.sluice.service.browser;

import dev.sluice.backend.tck.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Finds and starts Chromium and its driver; downloads nothing.
 *
 * <p>Without them the test is skipped with a reason; with {@code CI=true} it fails.
 */
final class Chromium {

  private static final String WHERE =
      "install chromium and chromium-driver, or set SLUICE_CHROMIUM and SLUICE_CHROMEDRIVER";

  private Chromium() {}

  static ChromeDriver start() {
    Path browser =
        find("SLUICE_CHROMIUM", "chromium", "chromium-browser", "google-chrome", "chrome");
    Path driver = find("SLUICE_CHROMEDRIVER", "chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // which root may not have, as in most containers of CI
        "--disable-dev-shm-usage", // containers give it 64 MB
        "--disable-gpu", // else processors play one
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--hide-scrollbars",
        // Whatever a page asked for elsewhere would fail, and be told in the console.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }

  private static Path find(String variable, String... names) {
    String named = System.getenv(variable);
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named))
          .filter(Files::isExecutable)
          .orElseThrow(() -> new AssertionError(variable + " is no program: " + named));
    }
    return Programs.needed(WHERE, names);
  }
}
