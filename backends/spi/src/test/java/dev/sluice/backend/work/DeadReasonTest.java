package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadReasonTest {

  @ParameterizedTest
  @CsvSource({
    "MAX_ATTEMPTS, max-attempts, its claim was lost or its run failed too often",
    "MAX_NACKS, max-nacks, too many workers nacked it or failed to run it",
    "DEADLINE, deadline, its deadline came while it waited",
    "ITEM_MISSING, item-missing, its item is missing from the store",
    "DENIED, denied, its worker denied it for good",
  })
  void hasANameOnTheWireAndWords(DeadReason reason, String wire, String words) {
    assertThat(reason.wire()).isEqualTo(wire);
    assertThat(reason.words()).isEqualTo(words);
  }

  @Test
  void thereAreFive() {
    assertThat(DeadReason.values()).hasSize(5);
  }
}
