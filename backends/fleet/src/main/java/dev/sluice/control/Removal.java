package dev.sluice.control;

import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells whether a worker can be removed: without a loss, and without a protection. */
public final class Removal {

  private Removal() {}

  /**
   * Returns why a worker can't be removed, after "it"; null if it can. The reports of a silent
   * worker don't count, since its claims were returned.
   */
  public static @Nullable String obstacle(Worker worker, long nowMs) {
    if (worker.protectedUntilMs() > nowMs) {
      return "is protected until " + Instant.ofEpochMilli(worker.protectedUntilMs());
    } else if (!worker.activeSessions().isEmpty()) {
      return "has " + count(worker.activeSessions().size(), "claim");
    } else if (worker.inherited() > 0) {
      return "inherits " + count(worker.inherited(), "claim") + " of workers it has replaced";
    } else if (worker.offeredJobs() > 0) {
      return "may not have read " + count(worker.offeredJobs(), "job") + " of its last poll";
    } else if (worker.silent()) {
      return null;
    } else if (worker.quarantined() > 0) {
      return "reports " + count(worker.quarantined(), "session") + " without a claim";
    } else if (!worker.unknownHeld().isEmpty()) {
      return "reports " + count(worker.unknownHeld().size(), "session") + " that it doesn't own";
    } else if (worker.activeCount() > 0) {
      return "reports " + count(worker.activeCount(), "active session");
    }
    return null;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
