package dev.sluice.admin.workers;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record DrainPanel(
    String who, @Nullable TimeText lasts, String left, @Nullable String reason) {

  static @Nullable DrainPanel of(Worker worker, @Nullable AuditLine order, long now) {
    boolean itself = worker.registration().draining();
    if (!worker.drained() && !itself) {
      return null;
    }
    int held = worker.activeSessions().size();
    String left = held == 0 ? "no sessions left." : Formats.count(held, "session") + " left.";
    if (!worker.drained() || order == null) {
      return new DrainPanel(
          worker.drained() ? "Drained by an operator" : "The worker drains itself",
          null,
          left,
          null);
    }
    return new DrainPanel(
        ActorText.of(order.actor()).name() + " drains it",
        lasts(order.atMs(), now),
        left,
        order.reason().isEmpty() ? null : order.reason());
  }

  private static TimeText lasts(long sinceMs, long now) {
    return new TimeText(
        Instant.ofEpochMilli(sinceMs).toString(),
        "since " + Formats.exact(sinceMs),
        "for " + Formats.span(now - sinceMs));
  }
}
