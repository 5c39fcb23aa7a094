package dev.sluice.backend.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubjectTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("Fix the flaky test", "Fix the flaky test"),
        arguments("cut before\u2026", "cut before\u2026"),
        arguments("cut  before\u2026", "cut before\u2026"),
        arguments("cut \u2026", "cut \u2026"),
        arguments("\u2026", "\u2026"),
        arguments("x".repeat(97) + "\u2026", "x".repeat(97) + "\u2026"),
        arguments("", ""),
        arguments("   ", ""),
        arguments("  two  words ", "two words"),
        arguments("line\nbreak\r\ntab\tend\u0085", "line break tab end"),
        arguments("no\u00a0break\u3000\u2028wide", "no break wide"),
        arguments("nul\0 bell\u0007 del\u007f c1\u0090", "nul bell del c1"),
        arguments("\u202eoverride\u202c", "override"),
        arguments("\u2066isolate\u2069\u200e\u200f", "isolate"),
        arguments("zero\u200b\u200c\u200d\ufeff\u2060width", "zerowidth"),
        arguments("soft\u00adhyphen", "softhyphen"),
        arguments(" \u3164\u115f\u2800 ", ""),
        arguments("\ud83dlone\ude80 \ud83d", "lone"),
        arguments(
            "caf\u00e9 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80",
            "caf\u00e9 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void every_text_is_one_line_of_what_shows(String given, String shown) {
    Subject subject = new Subject(given, given, given);

    assertThat(subject).isEqualTo(new Subject(shown, shown, shown));
    assertThat(subject.title()).isEqualTo(shown);
  }

  static Stream<Arguments> longTexts() {
    return Stream.of(
        arguments("x".repeat(200), "x".repeat(200), "x".repeat(100)),
        arguments("x".repeat(98) + "\u2026", "x".repeat(98) + "\u2026", "x".repeat(98)),
        arguments("x".repeat(198) + "\u2026", "x".repeat(197) + "\u2026", "x".repeat(100)),
        arguments("x".repeat(201), "x".repeat(197) + "\u2026", "x".repeat(100)),
        arguments("x".repeat(100_000), "x".repeat(197) + "\u2026", "x".repeat(100)),
        arguments("\u00e9".repeat(100), "\u00e9".repeat(100), "\u00e9".repeat(50)),
        arguments("\u00e9".repeat(101), "\u00e9".repeat(98) + "\u2026", "\u00e9".repeat(50)),
        arguments("\uff21".repeat(67), "\uff21".repeat(65) + "\u2026", "\uff21".repeat(33)),
        arguments(
            "\ud83d\ude80".repeat(51),
            "\ud83d\ude80".repeat(49) + "\u2026",
            "\ud83d\ude80".repeat(25)),
        arguments("ab ".repeat(100), "ab ".repeat(65) + "ab\u2026", "ab ".repeat(33) + "a"),
        arguments("a" + " ".repeat(500) + "b", "a b", "a b"),
        arguments("\u200b".repeat(500) + "b", "b", "b"));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void a_long_text_is_cut_at_a_character(String given, String title, String name) {
    Subject subject = new Subject(given, given, given);

    assertThat(subject.title()).isEqualTo(title);
    assertThat(subject.branch()).isEqualTo(name).isEqualTo(subject.model());
    assertThat(title.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Subject.MAX_TITLE);
    assertThat(name.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Subject.MAX_NAME);
    assertThat(new Subject(title, name, name)).isEqualTo(subject);
  }

  @Test
  void none_has_no_texts() {
    assertThat(new Subject(" ", "\n", "\u200b")).isEqualTo(Subject.NONE);
  }
}
