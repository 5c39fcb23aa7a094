package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Ends of processes that tell that a member can't have voted since. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EndsTest {

  private static final UUID FIRST = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();

  private final Ends ends = new Ends();

  @Test
  void an_end_counts_while_its_successor_has_no_file() {
    ends.heard(1, report(3, FIRST));
    ends.ended(1, 7);
    ends.ended(2, 8);
    assertThat(ends.bySeat()).isEqualTo(Map.of(1, 7L, 2, 8L));

    ends.heard(1, report(0, SECOND));
    ends.heard(1, report(0, SECOND));
    assertThat(ends.bySeat()).containsEntry(1, 7L);
    ends.heard(1, report(4, SECOND));
    assertThat(ends.bySeat()).as("it votes again").isEqualTo(Map.of(2, 8L));
  }

  @Test
  void a_process_that_came_and_went_without_a_sign_may_have_voted() {
    ends.ended(1, 7);
    ends.heard(1, report(0, FIRST));
    ends.heard(1, report(0, SECOND));

    assertThat(ends.bySeat()).isEmpty();
  }

  @Test
  void the_latest_end_counts() {
    ends.ended(1, 7);
    ends.heard(1, report(0, FIRST));
    ends.ended(1, 9);
    ends.heard(1, report(0, SECOND));

    assertThat(ends.bySeat()).isEqualTo(Map.of(1, 9L));
  }

  private static Report report(int generation, UUID ticket) {
    return new Report(
        0, generation, 0, 0, 0, ticket, Instance.Stage.NONE, List.of(), 0, false, false, false);
  }
}
