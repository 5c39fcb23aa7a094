package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisOldLinesTest extends DamagedRedis {

  private static final Duration BACK_OFF = Duration.ofMillis(Rules.DEFAULTS.nackBackoffMs());

  @Test
  void nacked_work_without_nackers_is_kept_from_who_nacked_it() {
    nackBefore();

    assertThat(session().nackers())
        .containsExactly(new Nacker("w", 1, clock.now() + BACK_OFF.toMillis()));
    assertThat(take(1)).isEmpty();
    clock.jump(BACK_OFF);
    assertThat(take(1)).containsExactly("a");
    backend().sessions().nack(ORG, "a", HOLDER, null);
    assertThat(session().returnUntilMs()).isEqualTo(clock.now() + 2 * BACK_OFF.toMillis());
  }

  @Test
  void its_nacker_is_kept_by_the_claim_of_another() {
    nackBefore();
    register("other");

    assertThat(takeAs("other", 1)).containsExactly("a");

    assertThat(session().place()).isEqualTo(Place.CLAIMED);
    assertThat(session().nackers()).extracting(Nacker::workerId).containsExactly("w");
    assertThat(jedis.exists("{broken}:returns:w")).isFalse();
  }

  private void nackBefore() {
    enqueue("a", "default", 1);
    assertThat(take(1)).containsExactly("a");
    backend().sessions().nack(ORG, "a", HOLDER, null);
    String line = jedis.get("{broken}:s:a");
    String old = line.replaceFirst("\u001f(\\d+)\u001dw\u001d1\u001d\\d+\u001f", "\u001f$1\u001f");
    assertThat(old).hasSizeLessThan(line.length());
    jedis.set("{broken}:s:a", old);
  }

  private Session session() {
    return backend().sessions().find(ORG, "a").value();
  }
}
