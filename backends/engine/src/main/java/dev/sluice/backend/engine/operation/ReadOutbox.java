package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.FinalRecord;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;

/** Records of ended sessions that are to be written outside the entry. */
public record ReadOutbox(int atMost) implements ReadOperation<ReadOutbox.Answer> {

  /**
   * What is to be written.
   *
   * @param anyWritten whether any were that are still in the entry
   */
  public record Answer(List<Unwritten> records, boolean anyWritten) {}

  /**
   * A record and the name under which it is to be written.
   *
   * @param name never used for another record of this session, nor for it after a change
   */
  public record Unwritten(long name, FinalRecord record) {}

  @Override
  public Answer run(Step step) {
    List<Unwritten> records = new ArrayList<>();
    for (String id : step.state().outbox().first(atMost)) {
      Long name = step.state().outbox().nameOf(id);
      if (name != null && step.state().session(id) instanceof SessionRecord session) {
        records.add(new Unwritten(name, step.finalRecord(session)));
      }
    }
    return new Answer(records, step.state().outbox().anyWritten());
  }
}
