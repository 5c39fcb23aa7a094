package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WCAG 2.2 AA: contrast of text 4.5 to 1, of shapes 3 to 1. */
class ContrastTest {

  private static final Pattern TOKEN =
      Pattern.compile("--([a-z-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

  private final Map<String, String[]> tokens = tokens();

  @ParameterizedTest
  @CsvSource({
    "ink, paper",
    "ink, card",
    "ink, sunk",
    "quiet, paper",
    "quiet, card",
    "quiet, sunk",
    "accent, paper",
    "accent, card",
    "accent, sunk",
    "on-accent, accent",
    "wait, wait-tint",
    "active, active-tint",
    "done, done-tint",
    "fail, fail-tint",
    "held, held-tint",
    "wait, card",
    "fail, card",
    "fail, paper",
    "ink, wait-tint",
    "ink, fail-tint",
    "ink, held-tint",
    "quiet, wait-tint",
    "quiet, fail-tint",
    "quiet, held-tint",
    "accent, fail-tint",
    "accent, wait-tint"
  })
  void texts(String text, String ground) {
    assertThat(contrast(text, ground, 0)).as("light").isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(text, ground, 1)).as("dark").isGreaterThanOrEqualTo(4.5);
  }

  @ParameterizedTest
  @CsvSource({
    "edge, card",
    "edge, paper",
    "active, line",
    "accent, card",
    "done, card",
    "held, card"
  })
  void shapes(String shape, String ground) {
    assertThat(contrast(shape, ground, 0)).as("light").isGreaterThanOrEqualTo(3);
    assertThat(contrast(shape, ground, 1)).as("dark").isGreaterThanOrEqualTo(3);
  }

  private double contrast(String one, String other, int theme) {
    double a = luminance(tokens.get(one)[theme]);
    double b = luminance(tokens.get(other)[theme]);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
  }

  private static double channel(String hex, int at) {
    double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static Map<String, String[]> tokens() {
    Map<String, String[]> tokens = new HashMap<>();
    for (MatchResult token : TOKEN.matcher(stylesheet()).results().toList()) {
      tokens.put(token.group(1), new String[] {token.group(2), token.group(3)});
    }
    return tokens;
  }

  private static String stylesheet() {
    try (InputStream css =
        ContrastTest.class.getResourceAsStream("/dev/sluice/admin/assets/app.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
