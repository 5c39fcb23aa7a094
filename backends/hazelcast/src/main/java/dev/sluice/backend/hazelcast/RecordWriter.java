package dev.sluice.backend.hazelcast;

import dev.sluice.backend.hazelcast.operation.NoteWritten;
import dev.sluice.backend.hazelcast.operation.ReadOutbox;
import dev.sluice.backend.hazelcast.operation.Reply;
import dev.sluice.backend.hazelcast.state.FinalRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records of ended sessions from an org's entry to the map of records. Several nodes may do
 * it at once, and any may stop in the midst of it: the same record has the same name and bytes.
 */
final class RecordWriter {

  private static final int AT_ONCE = 200;

  /** Bounds one call; the next sweep goes on. */
  private static final int ROUNDS = 20;

  private final OrgMap orgs;
  private final Records records;

  RecordWriter(OrgMap orgs, Records records) {
    this.orgs = orgs;
    this.records = records;
  }

  /** Writes what is to be written. */
  void empty(String org) {
    for (int round = 0; round < ROUNDS; round++) {
      List<ReadOutbox.Unwritten> unwritten =
          orgs.call(org, new ReadOutbox(AT_ONCE)).value().records();
      if (!unwritten.isEmpty()) {
        write(org, unwritten);
      }
      if (unwritten.size() < AT_ONCE) {
        return;
      }
    }
  }

  private void write(String org, List<ReadOutbox.Unwritten> unwritten) {
    Map<Reply.Needed, FinalRecord> byName = new LinkedHashMap<>();
    for (ReadOutbox.Unwritten each : unwritten) {
      byName.put(new Reply.Needed(each.record().session().id(), each.name()), each.record());
    }
    long now = orgs.now();
    records.store(org, byName, now);
    NoteWritten note = new NoteWritten(new ArrayList<>(byName.keySet()), now);
    for (Reply.Needed stale : orgs.call(org, note).value().stale()) {
      records.delete(org, stale);
    }
  }
}
