package dev.sluice.backend.tck.history;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import java.util.UUID;

/** The judged backend or the engine in a history. */
record Side(QueueBackend store, MovableClock clock, String org, Runnable closing)
    implements AutoCloseable {

  /** Uses a new org. Closed by its opener. */
  static Side of(BackendUnderTest under, MovableClock clock) {
    return new Side(under.backend(), clock, "history-" + UUID.randomUUID(), () -> {});
  }

  /** Its org may have another name, since no answer carries it. */
  static Side engine(Rules rules) {
    MovableClock clock = new MovableClock();
    MemoryBackend engine = new MemoryBackend(rules, clock);
    return new Side(engine, clock, "history", engine::close);
  }

  /** The org's data in a new org of the same store, having been in the engine in memory. */
  Side moved(Rules rules) {
    String next = "history-" + UUID.randomUUID();
    try (MemoryBackend engine = new MemoryBackend(rules, clock)) {
      OrgCopy.enter(engine, org, OrgCopy.rehashed(OrgCopy.leave(store, org)));
      OrgCopy.enter(store, next, OrgCopy.leave(engine, org));
    }
    return new Side(store, clock, next, closing);
  }

  HistoryAnswer make(Step step, Ids ids) {
    if (step instanceof Step.Jump jump) {
      clock.jump(jump.time());
      return HistoryAnswer.withoutNumber(jump);
    }
    return HistoryAnswer.to(() -> ((Call) step).operation().on(store, org, ids));
  }

  HistoryAnswer make(Step step) {
    return make(step, Ids.AS_THEY_ARE);
  }

  long seq() {
    return store.work().counts(org).seq();
  }

  @Override
  public void close() {
    closing.run();
  }
}
