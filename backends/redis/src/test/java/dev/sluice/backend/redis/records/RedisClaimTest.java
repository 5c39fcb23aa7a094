package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedisClaimTest extends DamagedRedis {

  private static final int HAS_FIELDS = 4;

  @Test
  void a_claim_drops_the_fields_of_the_claim_that_was_lost() {
    enqueue("s", "default", 1);
    assertThat(take(1)).containsExactly("s");
    StatusReport running =
        new StatusReport(SessionState.RUNNING, new TreeMap<>(Map.of("claudeSessionId", "1")), -1);
    backend().sessions().report(ORG, "s", HOLDER, running);
    assertThat(hasFields()).isEqualTo("1");
    loseLeases();
    register("another");

    PollRequest request = new PollRequest(new WorkerRef(ORG, "another", null), "r", 1);
    assertThat(backend().workers().poll(request).work()).hasSize(1);

    assertThat(hasFields()).isEqualTo("0");
    assertThat(jedis.exists("{broken}:f:s")).isFalse();
  }

  private void loseLeases() {
    long step = Rules.DEFAULTS.outageGapMs();
    for (long passed = 0; passed <= Rules.DEFAULTS.leaseMs(); passed += step) {
      backend().upkeep().sweep();
      clock.jump(Duration.ofMillis(step));
    }
    backend().upkeep().sweep();
  }

  private String hasFields() {
    List<String> counts = Text.fields(Text.parts(jedis.get("{broken}:s:s")).get(2));
    return counts.get(HAS_FIELDS);
  }

  @Test
  void a_claim_whose_worker_has_lost_its_record_is_taken_over_as_a_claim() {
    enqueue("a", "default", 1);
    assertThat(take(1)).containsExactly("a");
    StatusReport running = new StatusReport(SessionState.RUNNING, new TreeMap<>(), -1);
    backend().sessions().report(ORG, "a", HOLDER, running);
    registerOn("machine of w", "later");
    jedis.del("{broken}:w:w");

    backend().sessions().touch(ORG, "a", new Holder("later", null, 0));

    Session taken = backend().sessions().find(ORG, "a");
    assertThat(taken.owner()).isEqualTo("later");
    assertThat(taken.state()).isEqualTo(SessionState.RUNNING);
    assertThat(backend().work().counts(ORG).claimed()).isEqualTo(1);
    assertThat(backend().workers().find(new WorkerRef(ORG, "later", null)).activeSessions())
        .containsExactly("a");
  }
}
