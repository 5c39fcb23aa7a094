package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.OrgReads.CountWork;
import dev.sluice.backend.engine.read.ReadEvents;
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

  /** Else a reader sees an event that a copy lacks, and misses the one that gets its number. */
  @Test
  void aReaderOfEventsWaitsForTheCopiesToo() {
    delta(paused(), NOW);
    OrgCall call = call(new ReadEvents(0, 10), NOW + 1);
    OrgProcessor reader = HazelcastStore.processor(call);
    reader.process(org);

    assertThat(reader).isNotInstanceOf(OrgReader.class);
    assertThat(reader.getBackupProcessor().delta().changes()).isEmpty();
    assertThat(HazelcastStore.processor(call(new CountWork(), NOW))).isInstanceOf(OrgReader.class);
  }

  /** Changes nothing the second time. */
  private static NoteRevoked revoked() {
    return new NoteRevoked("key_1");
  }

  private static PauseQueue paused() {
    return new PauseQueue("web", 0, new AuditNote("someone", ""));
  }

  private OrgDelta delta(Operation<?> operation, long atMs) {
    OrgProcessor processor = new OrgProcessor(call(operation, atMs));
    processor.process(org);
    return processor.getBackupProcessor();
  }

  private static OrgCall call(Operation<?> operation, long atMs) {
    return new OrgCall(operation, Rules.DEFAULTS, atMs, List.of(), null);
  }
}
