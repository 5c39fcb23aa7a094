package dev.sluice.admin.inbox;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.FleetSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * @param from null if unknown
 * @param delivered last delivery; null for never
 * @param worker owner of the session; null for none
 */
public record UnreadRow(
    @Nullable TimeText sent,
    Badge badge,
    String type,
    @Nullable String from,
    SessionName session,
    String payload,
    @Nullable TimeText delivered,
    @Nullable WorkerName worker,
    @Nullable Badge state) {

  private static final int MOST_PAYLOAD = 120;

  static UnreadRow of(
      Message message,
      SessionName session,
      @Nullable Worker holder,
      @Nullable FleetSnapshot fleet,
      Links links,
      long now) {
    Registration said = holder == null ? null : holder.registration();
    return new UnreadRow(
        TimeText.of(message.createdAtMs(), now),
        message.offeredAtMs() == 0
            ? new Badge(Badge.WAIT, "queued")
            : new Badge(Badge.ACTIVE, "delivered"),
        message.type().wire(),
        MessageRow.from(message),
        session,
        Formats.cut(message.payload().strip(), MOST_PAYLOAD),
        TimeText.of(message.offeredAtMs(), now),
        said == null ? null : WorkerName.of(said.workerId(), said.hostname(), links),
        holder == null || fleet == null ? null : Badge.of(fleet.stateOf(holder)));
  }
}
