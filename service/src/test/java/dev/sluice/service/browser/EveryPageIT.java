package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All pages, in a browser. Each is checked with all rules of axe, and in both themes with those of
 * colours: in the long form all of its elements, else each look of an element on the first page
 * that shows it.
 */
class EveryPageIT extends BrowserTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  private static final Pattern ALTERNATIVES =
      Pattern.compile("\\{\\w+:\\s*([\\w-]+(?:\\|[\\w-]+)+)}");

  private final Set<String> light = new HashSet<>();
  private final Set<String> dark = new HashSet<>();
  private FleetScene scene;

  static Stream<PageUnderTest> pages() {
    return PageUnderTest.all();
  }

  @BeforeAll
  void fill() {
    scene = FleetScene.play(dashboard);
    browser.logIn("admin");
  }

  @BeforeEach
  void asItIs() {
    browser.complaints();
  }

  @AfterEach
  void nothingElseWasChanged() {
    browser.script(true);
    browser.theme("light");
    browser.width(Browser.DESKTOP);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itFitsOnAPhoneAndKeepsToWcagInBothThemes(PageUnderTest page) {
    browser.width(Browser.PHONE);
    open(page);
    assertThat(browser.measure(Layout.SIDEWAYS)).as("wider than the screen").isEmpty();
    assertThat(browser.measure(Layout.SMALL_TARGETS)).as("too small to tap").isEmpty();
    assertThat(browser.has("header.top form[role=search] #search"))
        .as("the search, for visitors that are logged in")
        .isEqualTo(browser.has("header.top .who"));
    browser.width(Browser.DESKTOP);
    if (LONG) {
      assertThat(Axe.violations(browser)).as("light").isEmpty();
      browser.theme("dark");
      assertThat(Axe.violationsOfColours(browser)).as("dark").isEmpty();
    } else {
      assertThat(Axe.violationsOfStructure(browser)).isEmpty();
      assertThat(Axe.violationsOfNewColours(browser, light)).as("light").isEmpty();
      browser.theme("dark");
      assertThat(Axe.violationsOfNewColours(browser, dark)).as("dark").isEmpty();
    }
    assertThat(complaints(page)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itIsCompleteWithoutScript(PageUnderTest page) {
    browser.script(false);
    open(page);

    assertThat(browser.text("main")).contains(scene.path(page.shows()));
    assertThat(browser.measure(Layout.DEAD_BUTTONS)).as("buttons that do nothing").isEmpty();
    assertThat(complaints(page)).isEmpty();
  }

  @Test
  void everyPageThatIsServedIsInTheList() {
    List<String> listed =
        pages().map(page -> page.path().replaceFirst("\\?.*", "").substring(1)).toList();

    assertThat(served())
        .isNotEmpty()
        .allSatisfy(
            template ->
                assertThat(patterns(template))
                    .allSatisfy(
                        pattern ->
                            assertThat(listed)
                                .as("a page at " + template)
                                .anyMatch(path -> path.matches(pattern))));
  }

  private List<String> served() {
    return dashboard
        .server()
        .resources()
        .filter(type -> type.getAnnotation(Path.class).value().startsWith("admin"))
        .flatMap(EveryPageIT::gets)
        .toList();
  }

  private static Stream<String> gets(Class<?> type) {
    String path = type.getAnnotation(Path.class).value();
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(GET.class))
        .map(method -> method.getAnnotation(Path.class))
        .map(more -> more == null ? path : path + "/" + more.value());
  }

  private static List<String> patterns(String template) {
    Matcher words = ALTERNATIVES.matcher(template);
    if (!words.find()) {
      return List.of(
          template.replaceAll("\\{[^{}:]*:\\s*([^{}]*)}", "$1").replaceAll("\\{[^{}:]*}", "[^/]+"));
    }
    return Arrays.stream(words.group(1).split("\\|"))
        .flatMap(word -> patterns(words.replaceFirst(word)).stream())
        .toList();
  }

  private void open(PageUnderTest page) {
    browser.open(scene.path(page.path()));
  }

  /** Complaints, without the expected one about the page's own error status. */
  private List<String> complaints(PageUnderTest page) {
    return browser.complaints().stream()
        .filter(
            line ->
                page.status() == 200
                    || !line.contains("responded with a status of " + page.status()))
        .toList();
  }
}
