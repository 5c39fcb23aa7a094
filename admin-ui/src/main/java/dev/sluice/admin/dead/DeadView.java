package dev.sluice.admin.dead;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.sessions.SessionButtons;
import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.control.DeadCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record DeadView(Rows<Group> groups, String total, List<ActButton> acts, Pager pager) {

  public boolean steers() {
    return !acts.isEmpty();
  }

  /**
   * @param error null for none
   * @param acts on the whole group, on all pages
   */
  public record Group(
      String reason,
      @Nullable String error,
      String count,
      List<ActButton> acts,
      Rows<SessionRow> table) {}

  public static DeadView of(List<Session> dead, long total, Pager pager, String here, Visit visit) {
    Links links = visit.links();
    boolean steers = visit.may(VisitorRole.OPERATOR);
    Map<DeadCause, List<SessionRow>> groups = new LinkedHashMap<>();
    for (Session session : dead) {
      groups
          .computeIfAbsent(DeadCause.of(session), cause -> new ArrayList<>())
          .add(
              SessionRow.of(session, visit)
                  .acting(SessionButtons.deadRow(session.id(), links, here)));
    }
    return new DeadView(
        new Rows<>(
            groups.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue(), links, steers))
                .toList()),
        Formats.count(total),
        steers && total > 0 ? all(links, null) : List.of(),
        pager);
  }

  private static Group group(DeadCause cause, List<SessionRow> rows, Links links, boolean steers) {
    DeadReason reason = cause.reason();
    return new Group(
        reason == null ? "unknown reason" : reason.words(),
        cause.error().equals(DeadCause.NO_ERROR) ? null : cause.error(),
        Formats.count(rows.size(), "letter") + " on this page",
        steers && reason != null ? all(links, cause) : List.of(),
        new Rows<>(rows));
  }

  private static List<ActButton> all(Links links, @Nullable DeadCause cause) {
    String which = cause == null ? "all" : "this group";
    DeadReason reason = cause == null ? null : cause.reason();
    String wire = reason == null ? null : reason.wire();
    String error = cause == null ? null : cause.error();
    return List.of(
        ActButton.form("Requeue " + which, links.to("/dead/requeue", "dead", wire, "error", error)),
        ActButton.harm(
            "Discard " + which, links.to("/dead/discard", "dead", wire, "error", error)));
  }
}
