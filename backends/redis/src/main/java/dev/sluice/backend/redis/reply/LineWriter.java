package dev.sluice.backend.redis.reply;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import java.util.Arrays;

/** Lines of other orgs, as {@link LineReader} reads them. */
public final class LineWriter {

  private static final String UNIT = String.valueOf(Text.UNIT);

  private LineWriter() {}

  public static String event(Event event) {
    String detail = event.detail() == null ? "" : event.detail();
    return String.join(
        UNIT,
        String.valueOf(event.seq()),
        String.valueOf(event.atMs()),
        event.kind().name(),
        Text.orEmpty(event.workerId()),
        switch (event.kind()) {
          case ENDED -> ended(detail);
          case DEAD -> reason(detail);
          case LATE_RESULT -> detail;
          default -> Text.name(detail);
        });
  }

  private static String ended(String detail) {
    int end = detail.indexOf(Event.CAUSE);
    return end < 0
        ? state(detail)
        : state(detail.substring(0, end)) + Text.name(detail.substring(end));
  }

  private static String state(String wire) {
    return Arrays.stream(SessionState.values())
        .filter(state -> state.wire().equals(wire))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private static String reason(String wire) {
    return Arrays.stream(DeadReason.values())
        .filter(reason -> reason.wire().equals(wire))
        .findFirst()
        .orElseThrow()
        .name();
  }

  public static String audit(AuditLine line) {
    String at = String.valueOf(line.atMs());
    return String.join(
        UNIT,
        String.valueOf(line.id()),
        line.times() == 1 ? at : at + "+" + line.times() + "+" + line.lastAtMs(),
        Text.name(line.actor()),
        Text.name(line.verb()),
        Text.name(line.object()),
        Text.name(line.detail()),
        line.reason());
  }

  public static String acked(AckedMessage acked) {
    Message message = acked.message();
    String undeliverable = acked.undeliverable();
    return String.join(
        UNIT,
        String.valueOf(acked.ackedAtMs()),
        Text.orEmpty(acked.ackedBy())
            + (undeliverable == null ? "" : Text.RECORD + Text.name(undeliverable)),
        String.valueOf(message.offeredAtMs()),
        Text.name(message.id()),
        MessageContent.of(message).with(message.payload()));
  }
}
