package dev.sluice.backend.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.history.HistoryContract;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Random histories of many callers: same answers as the engine in memory. */
class HazelcastHistoryTest {

  private static HazelcastInstance member;

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
  }

  @AfterAll
  static void shutMemberDown() {
    member.shutdown();
  }

  private static HazelcastContractTest.OnMember onMember(Rules rules, MovableClock clock) {
    return new HazelcastContractTest.OnMember(member, AnswerLog.environment(rules, clock));
  }

  @Nested
  class AsItIs extends HistoryContract {

    @Override
    protected BackendUnderTest open(Rules rules, MovableClock clock) {
      return onMember(rules, clock);
    }
  }

  /**
   * Moves ended sessions out at once. Outside the long form replays every fourth golden history of
   * {@link AsItIs}, and as many random ones as it.
   */
  @Nested
  class MovedOut extends HistoryContract {

    @Override
    protected LongStream goldenSeeds() {
      return oneGoldenIn(4 * GOLDEN_STEP);
    }

    @Override
    protected BackendUnderTest open(Rules rules, MovableClock clock) {
      return new MovesOutAtOnce(onMember(rules, clock));
    }
  }
}
