package dev.sluice.admin.queues;

import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.WaitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param position null if unknown
 * @param issue null if equal to the id
 */
public record WaitingRow(
    @Nullable String position,
    Ref id,
    Badge badge,
    @Nullable String issue,
    int priority,
    @Nullable TimeText queued,
    @Nullable String needs,
    List<String> reasons,
    List<ActButton> acts) {

  public WaitingRow {
    reasons = List.copyOf(reasons);
    acts = List.copyOf(acts);
  }

  public static WaitingRow of(Session session, List<WaitReason> reasons, Links links, long now) {
    return new WaitingRow(
        session.position() == 0 ? null : Formats.count(session.position()),
        new Ref(session.id(), links.session(session.id())),
        Badge.of(session),
        SessionRow.issue(session),
        session.priority(),
        TimeText.of(session.queuedAtMs(), now),
        needs(session),
        reasons.stream().map(WaitReason::words).toList(),
        List.of());
  }

  public WaitingRow acting(List<ActButton> buttons) {
    return new WaitingRow(position, id, badge, issue, priority, queued, needs, reasons, buttons);
  }

  public static @Nullable String needs(Session session) {
    return session.requiredCapabilities().isEmpty()
        ? null
        : Formats.cut(String.join(", ", session.requiredCapabilities()), 200);
  }
}
