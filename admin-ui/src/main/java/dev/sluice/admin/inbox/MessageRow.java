package dev.sluice.admin.inbox;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record MessageRow(
    String type, @Nullable String from, Ref id, String payload, List<Step> steps) {

  private static final int MOST_PAYLOAD = 1_000;
  private static final int MOST_REASON = 200;

  /**
   * @param at null if not yet happened
   * @param by null if unknown
   */
  public record Step(String word, @Nullable TimeText at, @Nullable WorkerName by) {

    public boolean done() {
      return at != null;
    }
  }

  static MessageRow of(Message message, long now) {
    return of(message, new Step("not acknowledged", null, null), now);
  }

  static MessageRow of(AckedMessage acked, Visit visit) {
    Step last =
        new Step(
            word(acked.undeliverable()),
            TimeText.of(acked.ackedAtMs(), visit.now()),
            WorkerName.of(acked.ackedBy(), visit.reading().fleet(), visit.links()));
    return of(acked.message(), last, visit.now());
  }

  private static String word(@Nullable String undeliverable) {
    if (undeliverable == null) {
      return "acknowledged";
    }
    return undeliverable.isEmpty()
        ? "undeliverable"
        : "undeliverable (" + Formats.cut(undeliverable, MOST_REASON) + ")";
  }

  private static MessageRow of(Message message, Step last, long now) {
    boolean offered = message.offeredAtMs() != 0;
    return new MessageRow(
        message.type().wire(),
        from(message),
        new Ref(message.id(), null),
        Formats.cut(message.payload(), MOST_PAYLOAD),
        List.of(
            new Step("queued", TimeText.of(message.createdAtMs(), now), null),
            new Step(
                offered ? "delivered" : "not delivered",
                TimeText.of(message.offeredAtMs(), now),
                null),
            last));
  }

  public static @Nullable String from(Message message) {
    String from = message.userName() == null ? message.userId() : message.userName();
    return from == null ? null : Formats.cut(from, 80);
  }
}
