package dev.sluice.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  @ParameterizedTest(name = "of {0} urgent and {1} normal messages a read takes {2} normal ones")
  @CsvSource({
    "0,    0,  0",
    "0,    1,  1",
    "0,   10, 10",
    "0,  500, 10",
    "3,   20,  7",
    "7,   20,  3",
    "8,   20,  2",
    "9,   20,  2",
    "10,  20,  2",
    "500, 20,  2",
    "500,  1,  1",
    "500,  0,  0",
  })
  void normalMessagesKeepTwoPlaces(int urgent, int normal, int taken) {
    assertThat(Rules.DEFAULTS.normalTaken(urgent, normal)).isEqualTo(taken);
  }

  @Test
  void aReadIsNeverLongerThanItsPlaces() {
    Rules rules = Rules.DEFAULTS;
    for (int urgent = 0; urgent < 30; urgent++) {
      for (int normal = 0; normal < 30; normal++) {
        int taken = rules.normalTaken(urgent, normal);
        assertThat(taken).isBetween(Math.min(normal, rules.normalShare()), normal);
        assertThat(taken).isLessThanOrEqualTo(rules.messagesPerRead());
      }
    }
  }

  @Test
  void theShippedValues() {
    Rules rules = Rules.DEFAULTS;

    assertThat(rules)
        .isEqualTo(
            new Rules(
                180_000,
                300_000,
                900_000,
                90_000,
                60_000,
                30_000,
                5,
                10,
                2,
                1_000,
                64,
                64,
                64,
                10_000,
                0,
                10_000,
                60_000,
                new Rules.Tries(5, 20, 5, 3, 300_000, 3_600_000),
                new Rules.Kept(
                    86_400_000,
                    0,
                    2_592_000_000L,
                    604_800_000,
                    604_800_000,
                    200,
                    100,
                    2_592_000_000L,
                    100_000,
                    86_400_000,
                    86_400_000,
                    100_000),
                new Rules.Bounds(0, 20_000, 10_000, 1_024, 1_000_000, 0)));
    assertThat(rules.outageGapMs()).isEqualTo(18_000);
  }

  @Test
  void aNormalMessageWaitsForFiveTimeOuts() {
    assertThat(Rules.DEFAULTS.normalPatienceMs()).isEqualTo(300_000);
  }

  @Test
  void theGoDaemonAcceptsMoreSlowly() {
    assertThat(Rules.DEFAULTS.acceptMs(Dialect.STANDARD)).isEqualTo(300_000);
    assertThat(Rules.DEFAULTS.acceptMs(Dialect.SNAKE_CASE)).isEqualTo(300_000);
    assertThat(Rules.DEFAULTS.acceptMs(Dialect.GO_DAEMON)).isEqualTo(900_000);
  }

  @Test
  void aBackendFillsInItsOwnLimitsWhereNoneIsSet() {
    Rules filled = Rules.DEFAULTS.withDefaults(1_000, 2_000, 3_000);
    assertThat(filled.maxWaiting()).isEqualTo(1_000);
    assertThat(filled.kept().maxEnded()).isEqualTo(2_000);
    assertThat(filled.bounds().maxBytes()).isEqualTo(3_000);
    assertThat(filled.withDefaults(7, 8, 9)).isEqualTo(filled);
  }
}
