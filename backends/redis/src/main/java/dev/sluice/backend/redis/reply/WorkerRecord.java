package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker's record; {@code rules/workers.lua} has the layout. */
final class WorkerRecord {

  static final int DRAINING = 0;
  static final int SILENT = 1;
  static final int DRAINED = 2;
  static final int RETIRED = 3;

  static final int NO_SHOWS = 0;
  static final int QUARANTINES = 1;
  static final int JUDGED = 2;
  static final int NACKS = 3;

  private static final int COUNTS = 6;

  private final String id;
  private final Map<String, String> fields;
  private final List<String> state;

  /**
   * @throws IllegalArgumentException if it can't be read
   */
  WorkerRecord(String id, Map<String, String> fields) {
    this.id = id;
    this.fields = fields;
    state = Text.fields(value("state"));
  }

  Map<String, String> fields() {
    return fields;
  }

  String value(String field) {
    String value = fields.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field);
    }
    return value;
  }

  long number(String field) {
    return Long.parseLong(fields.getOrDefault(field, "0"));
  }

  List<String> names(String field) {
    return Text.names(fields.getOrDefault(field, ""));
  }

  boolean flag(int flag) {
    return state.get(3).charAt(flag) == '1';
  }

  /** Some are missing in older lines. */
  long count(int which) {
    String[] counts = state.get(COUNTS).split(" ", -1);
    return which >= counts.length || counts[which].isEmpty() ? 0 : Long.parseLong(counts[which]);
  }

  long lastSeenMs() {
    return Long.parseLong(state.get(1));
  }

  long quarantinedUntilMs() {
    return Long.parseLong(state.get(COUNTS + 1));
  }

  Registration registration() {
    return PackedNames.unpack(
        new Registration(
            id,
            value("registered_by"),
            Dialect.valueOf(state.get(0)),
            value("hostname"),
            Integer.parseInt(fields.getOrDefault("capacity", state.get(2))),
            PackedNames.projects(Text.names(value("projects"))),
            Text.names(value("capabilities")),
            flag(DRAINING),
            machine(),
            value("details"),
            List.of()));
  }

  @Nullable FailedRuns failedRuns() {
    String failures = fields.get("failures");
    if (failures == null) {
      return null;
    }
    int blank = failures.indexOf(' ');
    return new FailedRuns(Integer.parseInt(failures, 0, blank, 10), failures.substring(blank + 1));
  }

  /** The machine behind the credential. */
  private @Nullable String machine() {
    String machine = fields.get("machine");
    return machine == null ? null : machine.substring(machine.indexOf(Text.UNIT) + 1);
  }
}
