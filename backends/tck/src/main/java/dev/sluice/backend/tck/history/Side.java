package dev.sluice.backend.tck.history;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.tck.MovableClock;

/** A store in a history: the judged one or the model, each with its clock. */
record Side(QueueBackend store, MovableClock clock, String org, Runnable closing)
    implements AutoCloseable {

  /** Makes a step. */
  Answer make(Step step, Ids ids) {
    if (step instanceof Jump jump) {
      clock.jump(jump.time());
      return Answer.withoutNumber(jump);
    }
    return Answer.to(() -> ((Call) step).operation().on(store, org, ids));
  }

  Answer make(Step step) {
    return make(step, Ids.AS_THEY_ARE);
  }

  /** The number of the org's last change. */
  long seq() {
    return store.work().counts(org).seq();
  }

  @Override
  public void close() {
    closing.run();
  }
}
