package dev.sluice.backend.redis;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.model.ModelBackend;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories: this backend and the model answer the same, and leave the same behind. */
class RedisAgainstModelTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  /** Small limits, so that histories run into them. */
  private static final Rules RULES =
      new Rules(180_000, 300_000, 900_000, 90_000, 60_000, 30_000, 5, 3, 1, 4, 2, 2, 64, 4);

  private static RedisServerProcess server;

  @BeforeAll
  static void startServer() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  static LongStream seeds() {
    return LongStream.range(0, LONG ? 2_000 : 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answers_as_the_model_does(long seed) {
    MovableClock clock = new MovableClock();
    try (RedisUnderTest redis = new RedisUnderTest(server, RULES, clock);
        QueueBackend model = new ModelBackend(RULES, clock)) {
      new RandomHistory(seed, "history", clock, model, redis.backend()).run(300);
    }
  }
}
