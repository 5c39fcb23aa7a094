package dev.sluice.service.api.answers.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineTest {

  private static final Instant NOW = Instant.parse("2026-11-26T00:00:10Z");

  @Test
  void workersOfOneMachineOrHostAreOne() {
    List<Machine> machines =
        Machine.of(
            List.of(
                worker("h", "m", "{\"region\":\"eu\",\"version\":\"1\"}", 10, "ready"),
                worker("h", null, "{}", 20, "ready"),
                worker("other", "m", "{\"version\":\"2\"}", 30, "draining"),
                worker("h", null, "{\"version\":7}", 40, "ready")),
            NOW);
    assertThat(machines).extracting(Machine::id).containsExactly("m", "h");
    Machine first = machines.get(0);
    assertThat(first.status()).isEqualTo("ready");
    assertThat(first.version().json()).as("of its latest worker").isEqualTo("\"2\"");
    assertThat(first.region().json()).isEqualTo("\"\"");
    assertThat(first.activeSessions()).isEqualTo(2);
    assertThat(first.capacity().maxConcurrentSessions()).isEqualTo(6);
    assertThat(first.uptimeSeconds()).isEqualTo(NOW.getEpochSecond() - 1);
    assertThat(first.lastSeenAt()).isEqualTo("1970-01-01T00:00:00.031Z");
    assertThat(machines.get(1).version().json()).as("no text").isEqualTo("\"\"");
  }

  @Test
  void theBestOfItsWorkersCounts() {
    assertThat(status("stopped", "paused", "draining", "ready")).isEqualTo("ready 9");
    assertThat(status("stopped", "paused", "draining")).isEqualTo("draining 6");
    assertThat(status("retired")).isEqualTo("draining 3");
    assertThat(status("paused", "stopped")).isEqualTo("paused 3");
    assertThat(status("retired", "ready")).as("the replaced one is gone").isEqualTo("ready 3");
  }

  @Test
  void aStoppedMachineHasNoUptimeButItsCapacity() {
    Machine machine =
        Machine.of(List.of(worker("h", null, "{\"region\":\"eu\"}", 10, "stopped")), NOW).get(0);
    assertThat(machine.status()).isEqualTo("stopped");
    assertThat(machine.uptimeSeconds()).isZero();
    assertThat(machine.capacity().maxConcurrentSessions()).isEqualTo(3);
    assertThat(machine.region().json()).isEqualTo("\"eu\"");
  }

  private static String status(String... workers) {
    List<Worker> all = Arrays.stream(workers).map(each -> worker("h", "m", "{}", 1, each)).toList();
    Machine machine = Machine.of(all, NOW).get(0);
    return machine.status() + " " + machine.capacity().maxConcurrentSessions();
  }

  private static Worker worker(
      String host, @Nullable String machine, String details, long registered, String state) {
    return new Worker(
        new Registration(
            "w",
            "key",
            Dialect.STANDARD,
            host,
            3,
            Projects.ALL,
            List.of(),
            state.equals("draining"),
            machine,
            details,
            List.of()),
        0,
        List.of("s"),
        registered,
        registered + 1,
        state.equals("stopped"),
        false,
        0,
        0,
        state.equals("paused") ? Long.MAX_VALUE : 0,
        0,
        64,
        state.equals("retired"),
        false,
        0,
        null,
        0,
        List.of(),
        List.of(),
        null,
        "",
        0,
        0,
        0);
  }
}
