package dev.sluice.service.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLabelsTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final EventLabels labels = new EventLabels(backend.sessions());

  @Test
  void labelsOfAnIdThatIsGivenAnewAreReadAnew() {
    enqueue("1");
    assertThat(has(EventType.SESSION_ENQUEUED, "1")).isTrue();
    KitWorker worker = new KitWorker(() -> backend, ORG).register();
    worker.claimByName("a");
    worker.complete("a");
    clock.jump(Duration.ofMillis(Rules.DEFAULTS.kept().endedMs() + 1));
    backend.upkeep().sweep();
    enqueue("2");

    assertThat(has(EventType.SESSION_ENQUEUED, "2")).isTrue();
    assertThat(has(EventType.SESSION_CLAIMED, "1")).isFalse();
  }

  @Test
  void aSessionThatIsNotKeptHasNone() {
    assertThat(has(EventType.SESSION_ENDED, "1")).isFalse();
    assertThat(labels.have(ORG, event(EventType.SESSION_ENDED), Map.of())).isTrue();
  }

  private void enqueue(String run) {
    backend
        .work()
        .enqueue(
            ORG,
            List.of(WorkBuilder.work("a").item("{\"labels\":{\"run\":\"" + run + "\"}}").build()));
  }

  private boolean has(EventType type, String run) {
    return labels.have(ORG, event(type), Map.of("run", run));
  }

  private static LoggedEvent event(EventType type) {
    return new LoggedEvent(1, 1, type, "p", "a", null, null);
  }
}
