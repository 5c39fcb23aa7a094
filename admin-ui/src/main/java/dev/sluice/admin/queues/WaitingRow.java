package dev.sluice.admin.queues;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Standing;
import dev.sluice.backend.work.WaitReason;
import dev.sluice.backend.work.WhyItWaits;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param position null if unknown
 * @param badge null in the place that the list is of
 */
public record WaitingRow(
    @Nullable String position,
    SessionName session,
    @Nullable Badge badge,
    int priority,
    @Nullable TimeText queued,
    @Nullable String needs,
    List<String> reasons,
    List<ActButton> acts) {

  /** Reasons that all of several rows have. */
  static List<String> common(List<WaitingRow> rows) {
    return rows.size() < 2
        ? List.of()
        : rows.get(0).reasons().stream()
            .filter(reason -> rows.stream().allMatch(row -> row.reasons().contains(reason)))
            .toList();
  }

  WaitingRow without(List<String> common) {
    return new WaitingRow(
        position,
        session,
        badge,
        priority,
        queued,
        needs,
        reasons.stream().filter(reason -> !common.contains(reason)).toList(),
        acts);
  }

  public String allReasons() {
    return String.join("; ", reasons);
  }

  static WaitingRow of(Standing standing, Place list, List<ActButton> acts, Visit visit) {
    Session session = standing.session();
    return new WaitingRow(
        session.position() == 0 ? null : Formats.count(session.position()),
        SessionName.of(session, visit.links()),
        session.place() == list ? null : Badge.of(session),
        session.priority(),
        TimeText.of(session.queuedAtMs(), visit.now()),
        needs(session),
        reasons(standing, visit).stream().map(WaitReason::words).toList(),
        acts);
  }

  /** Returns none unless it waits. */
  public static List<WaitReason> reasons(Standing standing, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> workers = fleet == null ? List.of() : fleet.workers();
    return WhyItWaits.reasons(standing, workers, visit.now());
  }

  public static @Nullable String needs(Session session) {
    List<String> needs = Repositories.none(session.requiredCapabilities());
    return needs.isEmpty() ? null : Formats.cut(String.join(", ", needs), 200);
  }
}
