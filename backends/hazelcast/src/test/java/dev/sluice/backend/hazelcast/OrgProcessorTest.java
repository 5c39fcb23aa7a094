package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.write.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.write.WorkerOperations.NoteRevoked;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrgProcessorTest {

  private static final long NOW = 1_772_443_800_000L;

  private final Map.Entry<String, OrgState> org = new SimpleEntry<>("org", null);

  /**
   * Its first attempt may be on one copy alone, since a link swallowed what the other should get.
   */
  @Test
  void aRepeatThatChangesNothingWaitsForTheCopiesToo() {
    assertThat(delta(revoked(), NOW).delta().changes()).isNotEmpty();
    delta(paused(), NOW);

    assertThat(delta(revoked(), NOW + 1).delta().changes()).isEmpty();
  }

  @Test
  void whatIsLongSettledWaitsForNothing() {
    delta(revoked(), NOW);
    delta(paused(), NOW);

    assertThat(delta(revoked(), NOW + 30_000)).isNull();
  }

  /** Changes nothing the second time. */
  private static NoteRevoked revoked() {
    return new NoteRevoked("key_1");
  }

  private static PauseQueue paused() {
    return new PauseQueue("web", 0, new AuditNote("someone", ""));
  }

  private OrgDelta delta(Operation<?> operation, long atMs) {
    OrgProcessor processor =
        new OrgProcessor(new OrgCall(operation, Rules.DEFAULTS, atMs, List.of(), null));
    processor.process(org);
    return processor.getBackupProcessor();
  }
}
