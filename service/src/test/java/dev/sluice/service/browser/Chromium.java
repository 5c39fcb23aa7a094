package dev.sluice.service.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
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
    return onPath(List.of(names)).orElseGet(() -> missing(names[0]));
  }

  private static Optional<Path> onPath(List<String> names) {
    String path = System.getenv().getOrDefault("PATH", "");
    List<String> folders = Arrays.asList(path.split(File.pathSeparator));
    return names.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String name) {
    String reason = "No " + name + " on the PATH: " + WHERE;
    if (Stream.of("true", "1").anyMatch(yes -> yes.equals(System.getenv("CI")))) {
      throw new AssertionError(reason + ". With CI=true no browser test may be skipped.");
    }
    return Assumptions.abort("Tests in a browser are skipped. " + reason);
  }
}
