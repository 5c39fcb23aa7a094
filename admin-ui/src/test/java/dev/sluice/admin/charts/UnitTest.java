package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

  @ParameterizedTest
  @CsvSource({
    "COUNT, 0, 2",
    "COUNT, 1, 2",
    "COUNT, 9, 10",
    "COUNT, 10, 10",
    "COUNT, 11, 12",
    "COUNT, 87, 100",
    "COUNT, 567, 600",
    "COUNT, 70, 80",
    "COUNT, 101, 120",
    "COUNT, 1000001, 1200000",
    "RATE, 0, 0.2",
    "RATE, 0.3, 0.3",
    "RATE, 950, 1000",
    "TIME, 0, 60000",
    "TIME, 7, 20",
    "TIME, 61000, 120000",
    "TIME, 3600001, 7200000",
    "TIME, 86400000, 86400000",
    "TIME, 86400001, 103680000",
    "TIME, 1000000000, 1036800000",
    "MONEY, 0, 100000",
    "MONEY, 13200000, 16000000"
  })
  void anAxisEndsAtAPlainNumberThatIsNoLess(Unit unit, double highest, double top) {
    assertThat(unit.top(highest)).isEqualTo(top, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, 1234, '1,234'",
    "RATE, 0.05, 0.05",
    "RATE, 0.5, 0.5",
    "RATE, 1200, '1,200'",
    "RATE, 0, 0",
    "TIME, 0, 0 s",
    "TIME, 45.2, 45 ms",
    "TIME, 2512, 2.5 s",
    "TIME, 3000, 3 s",
    "TIME, 45000, 45 s",
    "TIME, 180000, 3 min"
  })
  void valuesAreWrittenForPeople(Unit unit, double value, String text) {
    assertThat(unit.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, 0, 0",
    "COUNT, 2000, '2,000'",
    "COUNT, 15000, 15k",
    "COUNT, 2500000, 2.5M",
    "TIME, 0, 0",
    "TIME, 1800000, 30 min",
    "RATE, 0.1, 0.1"
  })
  void valuesAtAnAxisAreShort(Unit unit, double value, String text) {
    assertThat(unit.tick(value)).isEqualTo(text);
  }
}
