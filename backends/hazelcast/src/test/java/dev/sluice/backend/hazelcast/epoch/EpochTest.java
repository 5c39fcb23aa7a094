package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpochTest {

  private static final int QUORUM = 2;
  private static final Part A = part(0);
  private static final Part B = part(1);
  private static final Part C = part(2);

  /** All three had all data. */
  private static final Epoch ALL = Epoch.NONE.found(A, false).view(List.of(A, B, C)).serve(QUORUM);

  private static Part part(int seat) {
    return new Part(seat, UUID.randomUUID());
  }

  @Test
  void members_that_were_complete_go_on_without_another() {
    Epoch next = ALL.view(List.of(B, C));

    assertThat(next.number()).isEqualTo(ALL.number() + 1);
    assertThat(next.serves()).isFalse();
    assertThat(next.serve(QUORUM).serves()).isTrue();
    assertThat(next.serve(QUORUM).complete()).isEqualTo(next.tickets());
  }

  @Test
  void an_older_state_never_comes_back() {
    Epoch without = ALL.view(List.of(B, C)).serve(QUORUM);

    assertThat(without.view(List.of(A))).isEqualTo(without);
    assertThat(without.view(List.of(A, part(1)))).isEqualTo(without);
    assertThat(without.found(part(0), false)).isEqualTo(without);
  }

  @Test
  void until_enough_have_a_copy_every_holder_of_the_last_epoch_is_as_good() {
    Epoch apart = ALL.view(List.of(A));

    assertThat(apart.serve(QUORUM)).isEqualTo(apart);
    assertThat(apart.view(List.of(C)).number()).isEqualTo(apart.number() + 1);
    Part joined = part(1);
    Epoch two = apart.view(List.of(A, joined)).serve(QUORUM);
    assertThat(two.complete()).containsExactlyInAnyOrder(A.ticket(), joined.ticket());
    assertThat(two.view(List.of(C))).as("its copy is old now").isEqualTo(two);
  }

  @Test
  void a_member_that_only_joined_holds_nothing() {
    Part joined = part(0);
    Epoch joining = ALL.view(List.of(B, C)).serve(QUORUM).view(List.of(B, C, joined));

    assertThat(joining.view(List.of(joined))).isEqualTo(joining);
    assertThat(joining.view(List.of(C, joined)).number()).isEqualTo(joining.number() + 1);
  }

  @Test
  void a_founder_that_died_before_anything_was_stored_is_replaced() {
    Epoch first = Epoch.NONE.found(A, false);

    assertThat(first.found(B, false).parts()).containsExactly(B);
    assertThat(ALL.found(B, false)).isEqualTo(ALL);
    assertThat(ALL.found(B, true).complete()).containsExactly(B.ticket());
  }

  @Test
  void an_accepted_state_is_not_founded_over() {
    Epoch accepted = ALL.view(List.of(B, C)).serve(QUORUM).accept(A);

    assertThat(accepted.found(part(1), false)).isEqualTo(accepted);
    assertThat(accepted.complete()).isEqualTo(Set.of(A.ticket()));
  }

  @Test
  void a_change_of_another_epoch_changes_nothing() {
    Change late = new Change(Change.Kind.VIEW, ALL.number(), List.of(B, C));
    Epoch next = late.applyTo(ALL, QUORUM);

    assertThat(next.parts()).containsExactly(B, C);
    assertThat(late.applyTo(next, QUORUM)).isEqualTo(next);
    assertThat(Change.TOUCH.applyTo(next, QUORUM)).isEqualTo(next);
  }

  @Test
  void it_travels() throws IOException {
    Epoch next = ALL.view(List.of(B, C));

    assertThat(Wire.read(Wire.bytes(next::write), Epoch::read)).isEqualTo(next);
  }
}
