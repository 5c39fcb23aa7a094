package dev.sluice.admin.activity;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param session null for an object of another kind
 */
public record AuditRow(
    @Nullable TimeText at,
    ActorText actor,
    String verb,
    String did,
    @Nullable String what,
    Ref object,
    @Nullable SessionName session,
    String detail,
    String reason) {

  public static List<AuditRow> of(List<AuditLine> lines, Sessions sessions, Visit visit) {
    SessionNames names =
        SessionNames.of(
            lines.stream().filter(line -> AuditWords.of(line).ofSession()).map(AuditLine::object),
            sessions,
            visit);
    return lines.stream()
        .map(line -> of(line, names.of(line.object()), visit.links(), visit.now()))
        .toList();
  }

  static AuditRow of(AuditLine line, SessionName session, Links links, long now) {
    AuditWords words = AuditWords.of(line);
    return new AuditRow(
        TimeText.of(line.atMs(), now),
        ActorText.of(line.actor()),
        line.verb(),
        words.did(),
        words.what(),
        new Ref(line.object(), words.link(line.object(), links)),
        words.ofSession() ? session : null,
        counted(words.detail(), line.times()),
        line.reason());
  }

  private static String counted(String detail, long times) {
    String count = times == 1 ? "" : times + " times in a row";
    return detail.isEmpty() || count.isEmpty() ? detail + count : detail + ", " + count;
  }
}
