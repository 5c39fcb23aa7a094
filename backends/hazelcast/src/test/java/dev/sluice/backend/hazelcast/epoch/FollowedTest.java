package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The age of the leases that earlier leaders may have granted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowedTest {

  private static final int ALL = 7;
  private static final int TERM = 4;
  private static final long ELECTED = TimeUnit.SECONDS.toNanos(100);

  private long nowMs = 1_000;
  private final Followed followed = new Followed(() -> TimeUnit.MILLISECONDS.toNanos(nowMs));

  @Test
  void a_voter_may_have_followed_another_until_its_start() {
    nowMs += 500;
    followed.heard(3);
    nowMs += 200;

    assertThat(followed.earlierMs(3)).isEqualTo(700);
  }

  @Test
  void the_last_message_of_an_earlier_term_counts() {
    followed.heard(3);
    nowMs += 500;
    followed.heard(3);
    nowMs += 100;
    assertThat(followed.earlierMs(4)).as("it has voted and heard nothing since").isEqualTo(100);
    followed.heard(4);
    nowMs += 1_000;
    followed.heard(4);
    followed.heard(3);

    assertThat(followed.earlierMs(4)).as("a late message is answered with no").isEqualTo(1_100);
  }

  @Test
  void a_leader_follows_itself_until_it_knows_of_a_later_term() {
    followed.leads(3);
    nowMs += 700;
    assertThat(followed.earlierMs(4)).isZero();
    nowMs += 300;
    followed.heard(4);
    nowMs += 50;

    assertThat(followed.earlierMs(4)).isEqualTo(350);
  }

  @Test
  void leases_are_as_old_as_a_majority_says_in_this_term() {
    assertThat(bound(Map.of(0, seen(TERM, 4_000), 1, seen(TERM, 3_500), 2, seen(3, 9_000))))
        .isEqualTo(-3_500);
    assertThat(bound(Map.of(0, seen(TERM, 4_000), 1, seen(TERM, 20)))).isEqualTo(-20);
    assertThat(bound(Map.of(0, seen(TERM, 4_000), 1, seen(3, 9_000))))
        .as("the other may have followed another one after that report")
        .isZero();
  }

  /** In ms after the election. */
  private static long bound(Map<Integer, Chair.Seen> seen) {
    return TimeUnit.NANOSECONDS.toMillis(
        Chair.earlierLeases(ELECTED, ALL, 1, TERM, seen) - ELECTED);
  }

  private static Chair.Seen seen(int term, long raftMs) {
    return new Chair.Seen(
        new Report(
            0,
            1,
            term,
            raftMs,
            0,
            UUID.randomUUID(),
            Instance.Stage.RUNNING,
            List.of(),
            0,
            false,
            false,
            false),
        ELECTED);
  }
}
