package dev.sluice.backend.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A heartbeat that says nothing new writes no record of its worker. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameHeartbeatTest {

  private static final Heartbeat BEAT = new Heartbeat(0, null, null);

  private final WorkerRecord record =
      new WorkerRecord(
          new Registration(
              "w", "key", Dialect.GO_DAEMON, "h", 1, Projects.ALL, List.of(), false, "{}"),
          7);

  @Test
  void the_same_accounts_change_nothing() {
    String quota = Account.pack(List.of(new Account("a", "codex", "", 0, List.of(), null)));
    assertThat(record.with(BEAT.reporting(""))).as("none, as before").isSameAs(record);
    assertThat(record.with(BEAT.reporting(null))).isSameAs(record);

    WorkerRecord reported = record.with(BEAT.reporting(quota));
    assertThat(reported.quota()).isEqualTo(quota);
    assertThat(reported.with(BEAT.reporting(quota))).isSameAs(reported);
    assertThat(reported.with(BEAT)).isSameAs(reported);
    assertThat(reported.with(BEAT.reporting(""))).isEqualTo(record);
  }
}
