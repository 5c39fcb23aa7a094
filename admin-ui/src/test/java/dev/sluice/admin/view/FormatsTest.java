package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource({
    "-5, 0 s",
    "0, 0 s",
    "59999, 59 s",
    "60000, 1 min",
    "3599999, 59 min",
    "3600000, 1 h",
    "7500000, 2 h 5 min",
    "86400000, 1 d",
    "273600000, 3 d 4 h"
  })
  void aSpanHasAtMostTwoUnits(long ms, String text) {
    assertThat(Formats.span(ms)).isEqualTo(text);
  }

  @Test
  void aLimitIsToTheSecond() {
    assertThat(Formats.limit(30_000)).isEqualTo("30 s");
    assertThat(Formats.limit(90_000)).isEqualTo("1 min 30 s");
    assertThat(Formats.limit(300_000)).isEqualTo("5 min");
    assertThat(Formats.limit(86_400_000)).isEqualTo("1 d");
  }

  @Test
  void aMomentIsSeenFromAnother() {
    assertThat(Formats.relative(1_000, 1_999)).isEqualTo("now");
    assertThat(Formats.relative(1_000, 61_000)).isEqualTo("1 min ago");
    assertThat(Formats.relative(61_000, 1_000)).isEqualTo("in 1 min");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|$0",
        "500|$0.00050",
        "9999|$0.010",
        "1250000|$1.25",
        "1234567890000|$1,234,567.89"
      })
  void moneyIsToTheCent(long micro, String text) {
    assertThat(Formats.usd(micro)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1 KB", "65536, 64 KB", "1572864, 1.5 MB"})
  void sizes(long bytes, String text) {
    assertThat(Formats.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void counts() {
    assertThat(Formats.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Formats.count(1, "worker")).isEqualTo("1 worker");
    assertThat(Formats.count(0, "worker")).isEqualTo("0 workers");
  }

  @Test
  void aCutNeverSplitsACharacter() {
    assertThat(Formats.cut("abc", 3)).isEqualTo("abc");
    assertThat(Formats.cut("abcd", 3)).isEqualTo("abc…");
    assertThat(Formats.cut("ab😀d", 3)).isEqualTo("ab…");
  }

  @Test
  void timesAreExactInUtc() {
    long ms = Instant.parse("2026-03-02T09:30:00.123Z").toEpochMilli();

    assertThat(TimeText.of(ms, ms + 5_000))
        .isEqualTo(new TimeText("2026-03-02T09:30:00.123Z", "2026-03-02 09:30:00 UTC", "5 s ago"));
    assertThat(TimeText.of(0, ms)).isNull();
    assertThat(TimeText.of(Long.MAX_VALUE, ms)).isNull();
    assertThat(Formats.exact(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE + " ms");
  }
}
