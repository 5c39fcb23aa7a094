package dev.sluice.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"spawn-failed\" | spawn-failed",
        "\"\\u003cno git\\u003e\" | <no git>",
        "\"\\ud83d\\ude80 caf\\u00E9\" | \ud83d\ude80 caf\u00e9",
        "\"a\\\\u003cb \\\"c\\\" \\/d\" | a\\u003cb \"c\" /d",
        "\"a\\n\\t\\r\\b\\fb\" | ~a\n\t\r\b\fb~",
        "\"\" | ~~",
        "null | ~~",
        "12.50 | 12.50",
        "{\"a\":\"\\u003c\"} | {\"a\":\"\\u003c\"}"
      })
  void a_string_is_read_without_quotes_and_escapes(String json, String text) {
    assertThat(FieldText.of(json)).isEqualTo(text);
  }
}
