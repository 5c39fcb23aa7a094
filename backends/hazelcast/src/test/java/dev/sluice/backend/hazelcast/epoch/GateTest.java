package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GateTest {

  private final Gate gate = new Gate();
  private final AtomicBoolean unchanged = new AtomicBoolean(true);

  @Test
  void it_is_open_while_the_lease_runs_and_the_members_are_the_same() {
    assertThat(gate.number()).isEqualTo(Gate.CLOSED);
    open(7, 60);
    assertThat(gate.number()).isEqualTo(7);
    assertThat(gate.still(7)).isTrue();
    assertThat(gate.problem()).isNull();

    unchanged.set(false);
    assertThat(gate.number()).isEqualTo(Gate.CLOSED);
    assertThat(gate.still(7)).isFalse();
  }

  @Test
  void a_lease_that_came_late_is_none() {
    open(7, -1);

    assertThat(gate.number()).isEqualTo(Gate.CLOSED);
  }

  @Test
  void what_began_in_an_epoch_does_not_end_in_the_next() {
    open(7, 60);
    long began = gate.number();
    open(8, 60);

    assertThat(gate.still(began)).isFalse();
    gate.close();
    assertThat(gate.still(Gate.CLOSED)).isFalse();
    gate.says("it joins");
    assertThat(gate.problem()).isEqualTo("this member serves nothing: it joins");
  }

  @Test
  void a_store_without_other_members_is_always_open() {
    assertThat(Gate.OPEN.still(Gate.OPEN.number())).isTrue();
    assertThat(Gate.OPEN.problem()).isNull();
  }

  private void open(long number, int seconds) {
    gate.open(number, unchanged::get, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }
}
