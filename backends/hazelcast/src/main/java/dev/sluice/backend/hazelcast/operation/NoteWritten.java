package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.hazelcast.state.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes records that were written outside the entry.
 *
 * @param writtenMs when, epoch ms
 */
public record NoteWritten(List<Reply.Needed> records, long writtenMs)
    implements Operation<NoteWritten.Answer> {

  /** Those that the entry doesn't name, since it has others by now. */
  public record Answer(List<Reply.Needed> stale) {}

  @Override
  public Answer run(Step step) {
    step.requireFresh(writtenMs);
    List<Reply.Needed> stale = new ArrayList<>(0);
    for (Reply.Needed record : records) {
      String id = record.sessionId();
      Long name = step.state().outbox().nameOf(id);
      if (name != null && name == record.name()) {
        step.applyQuietly(new Change.NoteWritten(id, name, step.now()));
      } else if (!Orphans.named(step, Reply.Stored.RECORD, id, record.name())) {
        stale.add(record);
      }
    }
    return new Answer(stale);
  }
}
