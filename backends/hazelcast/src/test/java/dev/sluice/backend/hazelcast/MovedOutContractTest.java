package dev.sluice.backend.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MovedOutContractTest extends QueueBackendContract {

  private static HazelcastInstance member;

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
  }

  @AfterAll
  static void shutMemberDown() {
    member.shutdown();
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new MovesOutAtOnce(
        new HazelcastContractTest.OnMember(member, AnswerLog.environment(rules, clock)));
  }
}
