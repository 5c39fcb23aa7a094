package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchJobTest {

  @Test
  void eachStateHasANameOnTheWire() {
    assertThat(Stream.of(BatchJob.State.values()).map(BatchJob.State::wire))
        .containsExactly("waiting", "offered", "delivered", "dead");
  }
}
