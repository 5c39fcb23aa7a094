package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim of the timeline.
 *
 * @param how its end, or that it is being stopped; null while it runs
 * @param token of the latest claim only
 */
public record AttemptRow(
    String number,
    @Nullable WorkerName worker,
    @Nullable TimeText from,
    String held,
    @Nullable String how,
    @Nullable String token) {

  private record Open(Event start, @Nullable Event end) {}

  static List<AttemptRow> of(List<Event> timeline, Session session, Visit visit) {
    List<Open> claims = new ArrayList<>();
    for (Event event : timeline) {
      int last = claims.size() - 1;
      if (last >= 0 && claims.get(last).end() == null && (ends(event) || begins(event))) {
        claims.set(last, new Open(claims.get(last).start(), event));
      }
      if (begins(event)) {
        claims.add(new Open(event, null));
      }
    }
    List<AttemptRow> rows = new ArrayList<>();
    for (int i = claims.size() - 1; i >= 0; i--) {
      boolean latest = i == claims.size() - 1;
      String token = latest && session.token() != 0 ? String.valueOf(session.token()) : null;
      rows.add(row(i + 1, claims.get(i), token, session, visit));
    }
    return List.copyOf(rows);
  }

  private static AttemptRow row(
      int number, Open claim, @Nullable String token, Session session, Visit visit) {
    long now = visit.now();
    Event end = claim.end();
    return new AttemptRow(
        String.valueOf(number),
        WorkerName.of(claim.start().workerId(), visit.reading().fleet(), visit.links()),
        TimeText.of(claim.start().atMs(), now),
        Formats.span((end == null ? now : end.atMs()) - claim.start().atMs()),
        end != null ? how(end) : RunningSessionAct.stopping(session) ? "stopping" : null,
        token);
  }

  private static boolean begins(Event event) {
    return switch (event.kind()) {
      case CLAIMED, REATTACHED, TRANSFERRED -> true;
      default -> false;
    };
  }

  private static boolean ends(Event event) {
    return switch (event.kind()) {
      case LEASE_LOST, ACCEPT_MISSED, NACKED, RETURNED, RELEASED, ENDED, DEAD, REQUEUED -> true;
      default -> false;
    };
  }

  private static String how(Event end) {
    String detail = end.kind() == Event.Kind.ENDED ? end.detail() : null;
    return detail == null ? TimelineRow.words(end) : Formats.cut(detail, 80);
  }
}
