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

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {
        runOnly: %s,
        rules: %s,
        resultTypes: ['violations']
      }).then(found => done(JSON.stringify(found.violations)), failed => done('' + failed));
      """;

  private Axe() {}

  public static List<String> violations(Browser browser) {
    return violations(browser, RUN.formatted(ALL, "{'target-size': {enabled: true}}"));
  }

  /** Faults of colours, for a page already checked in another theme. */
  static List<String> violationsOfColours(Browser browser) {
    return violations(browser, RUN.formatted(COLOURS, "{}"));
  }

  private static List<String> violations(Browser browser, String run) {
    if (!Boolean.TRUE.equals(browser.run("return typeof axe === 'object'"))) {
      browser.run(SCRIPT);
    }
    List<String> problems = new ArrayList<>();
    for (JsonNode rule : json((String) browser.runToItsEnd(run))) {
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
