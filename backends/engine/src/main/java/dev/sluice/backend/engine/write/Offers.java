package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.SweepingNodes;
import org.jspecify.annotations.Nullable;

/** The fate of what earlier polls of a worker offered: docs/rules.md, "Read answers". */
final class Offers {

  enum Fate {
    READ,
    LOST,
    UNKNOWN
  }

  private final WriteStep step;
  private final Liveness worker;
  private final @Nullable String node;

  /**
   * @param worker as its last poll left it
   * @param node that asks; null for a caller that doesn't know the rule
   */
  Offers(WriteStep step, Liveness worker, @Nullable String node) {
    this.step = step;
    this.worker = worker;
    this.node = node;
  }

  Fate fateOf(long offeredAtMs) {
    if (node == null) {
      return Fate.READ;
    } else if (offeredAtMs < step.gapEndMs()) {
      return Fate.LOST;
    }
    SweepingNodes nodes = step.state().nodes();
    if (worker.wasOfferedBy(node, offeredAtMs) || nodes.delivered(offeredAtMs)) {
      return Fate.READ;
    }
    return offeredAtMs <= nodes.excusedUntilMs() ? Fate.LOST : Fate.UNKNOWN;
  }
}
