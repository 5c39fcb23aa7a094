package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Event;
import dev.sluice.control.UnconfirmedStop;
import org.jspecify.annotations.Nullable;

public record TimelineRow(
    @Nullable TimeText at,
    String what,
    String tone,
    @Nullable WorkerName worker,
    @Nullable String detail,
    @Nullable String later) {

  private static final int MOST_DETAIL = 500;

  /**
   * @param beforeMs of the event before; 0 for the first
   */
  static TimelineRow of(Event event, long beforeMs, Visit visit) {
    String detail = event.detail();
    return new TimelineRow(
        TimeText.of(event.atMs(), visit.now()),
        words(event),
        tone(event),
        WorkerName.of(event.workerId(), visit.reading().fleet(), visit.links()),
        detail == null ? null : Formats.cut(detail, MOST_DETAIL),
        beforeMs == 0 ? null : Formats.span(event.atMs() - beforeMs));
  }

  private static boolean unconfirmed(Event event) {
    return event.kind() == Event.Kind.RELEASED && UnconfirmedStop.byTime(event);
  }

  static String words(Event event) {
    if (event.kind() == Event.Kind.RELEASED) {
      return unconfirmed(event) ? "released, stop unconfirmed" : "stop confirmed";
    }
    if (event.kind() == Event.Kind.RETURNED && event.detail() != null) {
      return "run failed, returned";
    }
    return words(event.kind());
  }

  private static String words(Event.Kind kind) {
    return switch (kind) {
      case ENQUEUED -> "enqueued";
      case CLAIMED -> "claimed";
      case STARTED -> "started";
      case LEASE_LOST -> "lease expired";
      case ACCEPT_MISSED -> "accept deadline missed";
      case REATTACHED -> "re-attached";
      case NACKED -> "nacked";
      case RETURNED -> "returned: worker deregistered";
      case TRANSFERRED -> "transferred";
      case STOPPING -> "stop ordered";
      case STOP_TOLD -> "stop delivered";
      case RELEASED -> "released";
      case ENDED -> "ended";
      case DEAD -> "dead letter";
      case DISCARDED -> "discarded";
      case REQUEUED -> "requeued by an operator";
      case REPRIORITISED -> "priority changed";
      case FRONTED -> "moved to front";
      case LATE_RESULT -> "late result";
      case UNDELIVERABLE -> "message undeliverable";
    };
  }

  private static String tone(Event event) {
    boolean failed = event.kind() == Event.Kind.RETURNED && event.detail() != null;
    return failed || unconfirmed(event) ? Badge.FAIL : tone(event.kind());
  }

  private static String tone(Event.Kind kind) {
    return switch (kind) {
      case CLAIMED, STARTED, REATTACHED, TRANSFERRED -> Badge.ACTIVE;
      case LEASE_LOST, ACCEPT_MISSED, DEAD, LATE_RESULT, UNDELIVERABLE -> Badge.FAIL;
      case ENDED -> Badge.DONE;
      case STOPPING, STOP_TOLD, RELEASED, DISCARDED -> Badge.HELD;
      default -> Badge.WAIT;
    };
  }
}
