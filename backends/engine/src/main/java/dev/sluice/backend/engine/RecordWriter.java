package dev.sluice.backend.engine;

import dev.sluice.backend.engine.read.ListReads.ListOfIssue;
import dev.sluice.backend.engine.read.UpkeepReads.ReadOutbox;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.FinalRecords;
import dev.sluice.backend.engine.write.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.write.UpkeepOperations.NoteWritten;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records of ended sessions to the table of final records, and later moves the sessions out.
 * Safe on many nodes at once and when interrupted: an equal record has the same key and bytes.
 */
final class RecordWriter {

  /** Calls about a session that just ended are common. */
  static final long KEEP_MS = 60_000;

  private static final int AT_ONCE = 200;

  /** Bounds one call; the next sweep continues. */
  private static final int ROUNDS = 20;

  private final Orgs orgs;
  private final FinalRecords records;

  RecordWriter(Orgs orgs, FinalRecords records) {
    this.orgs = orgs;
    this.records = records;
  }

  /**
   * @param keepMs minimum time since the write
   */
  void moveOut(String org, long keepMs) {
    boolean written = false;
    for (int round = 0; round < ROUNDS; round++) {
      ReadOutbox.Answer outbox = orgs.call(org, new ReadOutbox(AT_ONCE));
      written |= outbox.anyWritten() || !outbox.records().isEmpty();
      if (!outbox.records().isEmpty()) {
        write(org, outbox.records());
      }
      if (outbox.records().size() < AT_ONCE) {
        break;
      }
    }
    for (int round = 0; written && round < ROUNDS; round++) {
      boolean numbered = orgs.takes(ListOfIssue.class);
      written = orgs.call(org, new MoveOut(keepMs, AT_ONCE, numbered));
    }
  }

  private void write(String org, List<ReadOutbox.Unwritten> unwritten) {
    Map<OrgReply.Needed, FinalRecord> byName = new LinkedHashMap<>();
    for (ReadOutbox.Unwritten each : unwritten) {
      byName.put(new OrgReply.Needed(each.record().session().id(), each.name()), each.record());
    }
    long now = orgs.now();
    records.store(org, byName, now);
    NoteWritten note = new NoteWritten(new ArrayList<>(byName.keySet()), now);
    orgs.delete(org, orgs.call(org, note).stale());
  }
}
