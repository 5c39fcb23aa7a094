package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {

  private static final String ORG = "org";
  private static final Actor ACTOR = new Actor(ORG, "key", "why");

  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, new MovableClock());
  private final FleetControl control =
      new FleetControl(
          backend, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> "stp_1", (org, worker) -> {});

  private void worker(String host, String id) {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                id, "key", Dialect.STANDARD, host, 1, Projects.ALL, List.of(), false, "{}"));
  }

  @Test
  void aWorkerThatLeavesMeanwhileIsNamedAndTheOthersAreDrained() {
    worker("h", "w-1");
    worker("h", "w-2");
    worker("g", "w-3");
    Host before = control.host(ORG, "h");
    backend.workers().deregister(new WorkerRef(ORG, "w-1", null), null);

    DrainedHost done = control.drain(ACTOR, before, true);

    assertThat(done.gone()).containsExactly("w-1");
    assertThat(done.host().workers())
        .extracting(each -> each.registration().workerId())
        .containsExactly("w-2");
    assertThat(done.host().safeToReboot()).isTrue();
    assertThat(control.host(ORG, "g").safeToReboot()).isFalse();
  }

  @Test
  void aHostIsNotSafeIfAWorkerCameMeanwhile() {
    worker("h", "w-1");
    Host before = control.host(ORG, "h");
    worker("h", "w-2");

    Host done = control.drain(ACTOR, before, true).host();

    assertThat(done.drained()).isEqualTo(1);
    assertThat(done.safeToReboot()).isFalse();
  }

  @Test
  void moreWorkersThanAPageAreAllDrained() {
    for (int i = 0; i < 1_200; i++) {
      worker("h", "w-" + i);
    }
    assertThat(control.drain(ACTOR, control.host(ORG, "h"), true).host().draining())
        .isEqualTo(1_200);
    assertThat(control.host(ORG, "h").draining()).isEqualTo(1_200);
    assertThat(control.drain(ACTOR, control.host(ORG, "h"), false).host().draining()).isZero();
  }
}
