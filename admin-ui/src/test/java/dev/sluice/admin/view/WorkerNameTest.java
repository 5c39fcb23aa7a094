package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerNameTest {

  @ParameterizedTest
  @CsvSource({
    "wkr_1bd7a5dfe92bd0b5, 2bd0b5",
    "w-1, w-1",
    "12345678, 12345678",
    "123456789, 456789",
    "\ud83d\ude80\ud83d\ude80\ud83d\ude80\ud83d\ude80\ud83d\ude80, \ud83d\ude80\ud83d\ude80\ud83d\ude80\ud83d\ude80\ud83d\ude80"
  })
  void theEndOfALongIdTellsItFromOthersOfItsHost(String id, String tail) {
    assertThat(WorkerName.of(id, "host", new Links(null)).tail()).isEqualTo(tail);
  }
}
