package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.hazelcast.epoch.Instance.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The leader's conclusions from the members' reports. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssemblyTest {

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final UUID A = UUID.randomUUID();
  private static final UUID B = UUID.randomUUID();
  private static final UUID C = UUID.randomUUID();
  private static final UUID NEW = UUID.randomUUID();

  private static final Epoch ALL =
      Epoch.NONE
          .found(new Part(0, A), false)
          .view(List.of(new Part(0, A), new Part(1, B), new Part(2, C)))
          .serve(2);

  private final Map<Integer, Report> reports = new HashMap<>();

  @Test
  void two_that_see_only_each_other_go_on() {
    runs(1, B, B, C);
    runs(2, C, B, C);
    runs(0, A, A);

    assertThat(advice(ALL).change())
        .isEqualTo(
            new Change(Change.Kind.VIEW, ALL.number(), List.of(new Part(1, B), new Part(2, C))));
    assertThat(advice(ALL).patient()).isFalse();
  }

  @Test
  void a_view_that_not_all_in_it_share_is_none() {
    runs(1, B, B, C);
    runs(2, C, A, B, C);

    assertThat(advice(ALL).change()).isNull();
    assertThat(advice(ALL).waitsFor()).contains("differ");
  }

  @Test
  void of_three_apart_one_is_elected_and_as_many_join_as_are_needed() {
    runs(0, A, A);
    runs(1, B, B);
    runs(2, C, C);
    Change elected = advice(ALL).change();

    assertThat(elected).isNotNull();
    assertThat(elected.parts()).containsExactly(new Part(1, B)); // of the leader
    assertThat(advice(ALL).patient()).isTrue();
    Epoch alone = elected.applyTo(ALL, 2);
    assertThat(advice(alone).change()).isNull();
    assertThat(advice(alone).strays()).as("the other copy stays for now").containsExactly(0);

    empty(0, NEW);
    assertThat(advice(alone).joins()).containsExactly(0);
    assertThat(advice(alone).target()).isEqualTo(1);
    assertThat(advice(alone).strays()).isEmpty();
  }

  @Test
  void a_member_that_others_went_on_without_is_a_stray() {
    Epoch without = ALL.view(List.of(new Part(1, B), new Part(2, C))).serve(2);
    runs(0, A, A);
    runs(1, B, B, C);
    runs(2, C, B, C);

    assertThat(advice(without).change()).isNull();
    assertThat(advice(without).strays()).containsExactly(0);
    assertThat(advice(without).waitsFor()).isEmpty();
  }

  @Test
  void they_serve_once_all_know_the_epoch_and_the_oldest_saw_the_copies() {
    Epoch without = ALL.view(List.of(new Part(1, B), new Part(2, C)));
    runs(1, B, B, C);
    runs(2, C, B, C);
    assertThat(advice(without).change()).isNull();

    safe(1, B, without.number(), true, B, C);
    assertThat(advice(without).change()).as("the other doesn't know it").isNull();
    safe(2, C, without.number(), false, B, C);
    assertThat(advice(without).change())
        .isEqualTo(new Change(Change.Kind.SERVE, without.number(), List.of()));
  }

  @Test
  void without_a_holder_of_all_data_they_wait_for_the_missing() {
    Epoch without = ALL.view(List.of(new Part(1, B), new Part(2, C))).serve(2);
    runs(0, A, A);
    empty(1, NEW);

    assertThat(advice(without).change()).isNull();
    assertThat(advice(without).waitsFor()).contains("missing: c");
  }

  @Test
  void an_older_state_waits_for_an_operator() {
    Epoch without = ALL.view(List.of(new Part(1, B), new Part(2, C))).serve(2);
    runs(0, A, A);
    empty(1, NEW);
    empty(2, UUID.randomUUID());
    assertThat(advice(without).change()).isNull();
    assertThat(advice(without).waitsFor()).contains("an operator decides");

    reports.put(0, report(A, Stage.RUNNING, 0, false, true, A));
    assertThat(advice(without).change())
        .isEqualTo(new Change(Change.Kind.ACCEPT, without.number(), List.of(new Part(0, A))));
  }

  @Test
  void a_copy_that_never_served_waits_for_an_operator_too() {
    Epoch two = ALL.view(List.of(new Part(0, A), new Part(1, B))).serve(2);
    Epoch joining = two.view(List.of(new Part(0, A), new Part(1, B), new Part(2, NEW)));
    empty(0, UUID.randomUUID());
    empty(1, UUID.randomUUID());
    runs(2, NEW, NEW);

    assertThat(advice(joining).change()).as("its copy may be whole").isNull();
    assertThat(advice(joining).waitsFor()).contains("an operator decides");
  }

  @Test
  void when_all_have_restarted_they_begin_empty() {
    empty(0, NEW);
    empty(1, UUID.randomUUID());
    assertThat(advice(ALL).change()).as("the third may hold all").isNull();

    empty(2, UUID.randomUUID());
    assertThat(advice(ALL).change())
        .isEqualTo(new Change(Change.Kind.FOUND_LOST, ALL.number(), List.of(new Part(0, NEW))));
  }

  private Assembly.Advice advice(Epoch epoch) {
    return new Assembly(epoch, reports, NAMES, 2, 1).advice();
  }

  private void runs(int seat, UUID ticket, UUID... view) {
    reports.put(seat, report(ticket, Stage.RUNNING, 0, false, false, view));
  }

  private void safe(int seat, UUID ticket, long known, boolean safe, UUID... view) {
    reports.put(seat, report(ticket, Stage.RUNNING, known, safe, false, view));
  }

  private void empty(int seat, UUID ticket) {
    reports.put(seat, report(ticket, Stage.NONE, 0, false, false));
  }

  private static Report report(
      UUID ticket, Stage stage, long known, boolean safe, boolean accepted, UUID... view) {
    return new Report(
        0, 1, 1, 60_000, 7, ticket, stage, List.of(view), known, safe, false, accepted);
  }
}
