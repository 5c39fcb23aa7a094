package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DaemonsTest {

  /** A timer drops a task that throws. */
  @ParameterizedTest
  @MethodSource
  void aStepThatFailsIsTakenAgain(Throwable failure) {
    Runnable step =
        Daemons.guarded(
            () -> {
              fail(failure);
            });

    assertThatCode(step::run).doesNotThrowAnyException();
  }

  static Stream<Throwable> aStepThatFailsIsTakenAgain() {
    return Stream.of(new IllegalStateException("failed"), new StackOverflowError());
  }

  /** Throws what needn't be declared. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void fail(Throwable failure) throws T {
    throw (T) failure;
  }
}
