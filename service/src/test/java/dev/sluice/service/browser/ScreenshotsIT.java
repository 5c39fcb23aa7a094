package dev.sluice.service.browser;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures in {@code docs/images}:
 *
 * <pre>
 * mvn verify -Plong -Dtest=None -Dit.test=ScreenshotsIT -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 */
class ScreenshotsIT extends BrowserTest {

  private static final Path IMAGES = Path.of("../docs/images");

  private static final Set<String> DRAWN = Set.of("charts", "overview", "queues");

  private FleetScene scene;

  @Override
  public Dashboard startDashboard() {
    assumeThat(Boolean.getBoolean("sluice.long"))
        .as("pictures are taken with -Plong alone, since they change files of the project")
        .isTrue();
    return Dashboard.start("embedded");
  }

  @BeforeAll
  void fill() {
    scene = FleetScene.play(dashboard);
    browser.logIn("admin");
  }

  @Test
  void everyPageLightAndDarkOnADeskAndOnAPhone() throws IOException {
    Files.createDirectories(IMAGES);
    for (PageUnderTest page : inOrder()) {
      scene.beat();
      browser.open(scene.path(page.path()));
      for (String theme : List.of("light", "dark")) {
        browser.theme(theme);
        for (int width : List.of(Browser.DESKTOP, Browser.PHONE)) {
          browser.width(width);
          String name = page.name() + "-" + theme + (width == Browser.PHONE ? "-360" : "");
          Files.write(IMAGES.resolve(name + ".png"), Picture.small(browser.picture()));
        }
      }
    }
  }

  /** Charts last, when there is something to draw. */
  private static List<PageUnderTest> inOrder() {
    return PageUnderTest.all()
        .sorted(Comparator.comparing((PageUnderTest page) -> DRAWN.contains(page.name())))
        .toList();
  }
}
