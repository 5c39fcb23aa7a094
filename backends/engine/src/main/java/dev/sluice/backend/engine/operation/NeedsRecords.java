package dev.sluice.backend.engine.operation;

import java.util.List;

/** Thrown before anything was applied: records outside the state are needed to decide. */
final class NeedsRecords extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Reply.Needed> needed;

  NeedsRecords(List<Reply.Needed> needed) {
    super("records needed", null, false, false);
    this.needed = needed;
  }

  List<Reply.Needed> needed() {
    return needed;
  }
}
