package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes records that were written outside the entry.
 *
 * @param writtenMs when, epoch ms
 */
public record NoteWritten(List<Reply.Needed> records, long writtenMs)
    implements Operation<NoteWritten.Answer> {

  /** Those that the entry doesn't name: it has others by now, or the session is gone. */
  public record Answer(List<Reply.Garbage> stale) {}

  @Override
  public Answer run(Step step) {
    step.requireFresh(writtenMs);
    List<Reply.Garbage> stale = new ArrayList<>(0);
    for (Reply.Needed record : records) {
      String id = record.sessionId();
      Long name = step.state().outbox().nameOf(id);
      if (name != null && name == record.name()) {
        step.applyQuietly(new Change.NoteWritten(id, name, step.now()));
      } else if (!Orphans.named(step, Reply.Stored.RECORD, id, record.name())) {
        // Whoever deleted the session may have found no record to tell what it names.
        boolean gone = step.state().session(id) == null;
        stale.add(
            new Reply.Garbage(
                gone ? Reply.Stored.RECORD_WITH_ALL : Reply.Stored.RECORD, id, record.name()));
      }
    }
    return new Answer(stale);
  }
}
