package dev.sluice.backend.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.state.LoggedEvents;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.write.QueueOperations.PauseQueue;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventBytesTest {

  private final OrgState state = new OrgState();

  @Test
  void a_log_that_takes_too_much_memory_loses_its_oldest_events() {
    LoggedEvents log = state.events();
    String detail = "x".repeat(LoggedEvent.MAX_DETAIL_BYTES);
    while (log.bytes() <= EventWriter.MAX_BYTES) {
      add(log.latest() + 1, detail);
    }
    long before = log.latest();
    assertThat(before).as("fewer than are kept").isLessThan(Rules.Kept.DEFAULTS.maxLogged());

    Rules rules = Rules.DEFAULTS;
    new WriteStep(state, rules, 2, List.of(), rules.bounds())
        .run(new PauseQueue("web", 0, new AuditNote("op", "")));

    assertThat(log.latest()).isEqualTo(before + 1);
    assertThat(log.oldest()).isEqualTo(EventLog.MAX_MORE + 1);
    assertThat(log.bytes()).isLessThan(EventWriter.MAX_BYTES);
    assertThat(log.get(before).detail()).isEqualTo(detail);
  }

  @Test
  void an_empty_log_takes_nothing() {
    add(1, null);
    add(2, "two");
    assertThat(state.bytesInMemory()).isPositive();

    state.apply(new Change.DropEvents(1, 2));

    assertThat(state.bytesInMemory()).isZero();
  }

  private void add(long number, @Nullable String detail) {
    state.apply(
        new Change.LogEvent(
            new LoggedEvent(number, 1, EventType.SESSION_NACKED, "web", "s", "w", detail)));
  }
}
