package dev.sluice.service.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * axe-core, which finds accessibility faults.
 *
 * <p>The driver injects the script, so the page's policy stays as strict as it is.
 */
public final class Axe {

  private static final String SCRIPT = script();

  /** WCAG 2.2 AA and axe's best practices; target sizes are off by default. */
  private static final String ALL =
      """
      {type: 'tag', values:
        ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}\
      """;

  private static final String COLOURS =
      "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}";

  private static final String TARGETS = "'target-size': {enabled: true}";

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {
        runOnly: %s,
        rules: {%s},
        resultTypes: ['violations']
      }).then(found => done(JSON.stringify(found.violations)), failed => done('' + failed));
      """;

  /**
   * Checks colours of elements that have text, or are links or fields, and whose look isn't among
   * the arguments; answers those looks too. A look is all that colours depend on: names, classes
   * and computed styles of the element and all around it.
   */
  private static final String RUN_ON_NEW_LOOKS =
      """
      const [seen, done] = [new Set(arguments[0]), arguments[arguments.length - 1]];
      const paths = new Map();
      const path = each => {
        if (!each) { return ''; }
        if (!paths.has(each)) {
          const style = getComputedStyle(each);
          paths.set(each, [path(each.parentElement) + '/' + each.tagName, each.className,
            style.backgroundColor, style.backgroundImage, style.opacity].join(' '));
        }
        return paths.get(each);
      };
      const look = each => {
        const style = getComputedStyle(each);
        return [path(each), style.color, style.fontSize, style.fontWeight, style.textShadow,
          style.textDecorationLine, each.matches(':disabled')].join(' ');
      };
      const hasText = each => [...each.childNodes].some(
        child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
      const looks = new Map();
      for (const each of document.querySelectorAll('body *')) {
        if (each.checkVisibility() && (each.matches('a, input, select, textarea') || hasText(each))
            && !seen.has(look(each)) && !looks.has(look(each))) {
          looks.set(look(each), each);
        }
      }
      const answer = violations => done(JSON.stringify({looks: [...looks.keys()], violations}));
      if (!looks.size) {
        answer([]);
      } else {
        axe.run({include: [...looks.values()]}, {runOnly: %s, resultTypes: ['violations']})
          .then(found => answer(found.violations), failed => done('' + failed));
      }
      """
          .formatted(COLOURS);

  private Axe() {}

  public static List<String> violations(Browser browser) {
    return violations(browser, RUN.formatted(ALL, TARGETS));
  }

  /** Faults of everything but colours. */
  static List<String> violationsOfStructure(Browser browser) {
    String colours = "'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}";
    return violations(browser, RUN.formatted(ALL, TARGETS + ", " + colours));
  }

  /** Faults of colours, for a page already checked in another theme. */
  static List<String> violationsOfColours(Browser browser) {
    return violations(browser, RUN.formatted(COLOURS, ""));
  }

  /**
   * Faults of colours of elements that look like none checked before.
   *
   * @param looks what was checked, which grows
   */
  static List<String> violationsOfNewColours(Browser browser, Set<String> looks) {
    load(browser);
    JsonNode answer = json((String) browser.runToItsEnd(RUN_ON_NEW_LOOKS, List.copyOf(looks)));
    answer.at("/looks").forEach(look -> looks.add(look.asText()));
    return problems(answer.at("/violations"));
  }

  private static List<String> violations(Browser browser, String run) {
    load(browser);
    return problems(json((String) browser.runToItsEnd(run)));
  }

  private static void load(Browser browser) {
    if (!Boolean.TRUE.equals(browser.run("return typeof axe === 'object'"))) {
      browser.run(SCRIPT);
    }
  }

  private static List<String> problems(JsonNode violations) {
    List<String> problems = new ArrayList<>();
    for (JsonNode rule : violations) {
      for (JsonNode node : rule.at("/nodes")) {
        problems.add(
            "%s: %s%n  %s"
                .formatted(
                    rule.at("/id").asText(),
                    node.at("/html").asText(),
                    node.at("/failureSummary").asText()));
      }
    }
    return problems;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("axe failed: " + text, e);
    }
  }

  private static String script() {
    try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
