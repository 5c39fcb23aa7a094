package dev.sluice.admin.work;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetSearch;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param health null unless claimed
 * @param since the claim or the end
 * @param ran null for never
 * @param waiting null unless it waits
 */
public record WorkRow(
    SessionName session,
    Badge badge,
    @Nullable Badge health,
    Ref project,
    int priority,
    @Nullable WorkerName worker,
    @Nullable TimeText since,
    @Nullable TimeText lastSign,
    @Nullable String ran,
    @Nullable String cost,
    @Nullable String attempts,
    @Nullable Waiting waiting,
    List<ActButton> acts) {

  /**
   * @param position null if unknown
   * @param elsewhere null in the place that the list is of
   */
  public record Waiting(
      @Nullable String position,
      @Nullable Badge elsewhere,
      @Nullable TimeText queued,
      @Nullable String needs,
      List<String> reasons) {

    public String allReasons() {
      return String.join("; ", reasons);
    }
  }

  public static WorkRow of(Session session, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    boolean claimed = session.place() == Place.CLAIMED;
    long since = session.endedAtMs() != 0 ? session.endedAtMs() : session.claimedAtMs();
    return new WorkRow(
        SessionName.of(session, links),
        Badge.of(session),
        claimed ? health(Claim.of(session), now) : null,
        new Ref(session.project(), links.queue(session.project())),
        session.priority(),
        WorkerName.of(FleetSearch.workerOf(session), visit.reading().fleet(), links),
        TimeText.of(since, now),
        TimeText.of(session.lastSignMs(), now),
        ran(session),
        session.costMicroUsd() == 0 ? null : Formats.usd(session.costMicroUsd()),
        session.attempts() == 0 ? null : Formats.count(session.attempts()),
        null,
        List.of());
  }

  static WorkRow of(Standing standing, Place list, Visit visit) {
    Session session = standing.session();
    return of(session, visit)
        .waiting(
            new Waiting(
                session.position() == 0 ? null : Formats.count(session.position()),
                session.place() == list ? null : Badge.of(session),
                TimeText.of(session.queuedAtMs(), visit.now()),
                needs(session),
                reasons(standing, visit).stream().map(WaitReason::words).toList()));
  }

  public static WorkRow of(Claim claim, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    return new WorkRow(
        name(claim, visit),
        Badge.of(claim),
        health(claim, now),
        new Ref(claim.project(), links.queue(claim.project())),
        claim.priority(),
        WorkerName.of(claim.owner(), visit.reading().fleet(), links),
        TimeText.of(claim.claimedAtMs(), now),
        TimeText.of(claim.lastSignMs(), now),
        null,
        claim.costMicroUsd() == 0 ? null : Formats.usd(claim.costMicroUsd()),
        claim.attempts() == 0 ? null : Formats.count(claim.attempts()),
        null,
        List.of());
  }

  /** Returns null for a healthy claim that is being stopped: "ok" would contradict it. */
  private static @Nullable Badge health(Claim claim, long now) {
    SessionHealth health = SessionHealth.of(claim, now);
    return claim.state().terminal() && health == SessionHealth.OK ? null : Badge.of(health);
  }

  private static SessionName name(Claim claim, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    Headline headline = fleet == null ? null : fleet.headline(claim.id());
    return headline == null
        ? SessionName.of(claim.id(), visit.links())
        : SessionName.of(headline, claim.project(), visit.links());
  }

  private static @Nullable String ran(Session session) {
    return session.startedAtMs() == 0 || session.endedAtMs() == 0
        ? null
        : Formats.span(session.endedAtMs() - session.startedAtMs());
  }

  WorkRow acting(List<ActButton> buttons) {
    return new WorkRow(
        session, badge, health, project, priority, worker, since, lastSign, ran, cost, attempts,
        waiting, buttons);
  }

  private WorkRow waiting(Waiting how) {
    return new WorkRow(
        session, badge, health, project, priority, worker, since, lastSign, ran, cost, attempts,
        how, acts);
  }

  /** Reasons that all of several waiting rows have. */
  static List<String> common(List<WorkRow> rows) {
    return rows.size() < 2
        ? List.of()
        : rows.get(0).reasons().stream()
            .filter(reason -> rows.stream().allMatch(row -> row.reasons().contains(reason)))
            .toList();
  }

  private List<String> reasons() {
    return waiting == null ? List.of() : waiting.reasons();
  }

  WorkRow without(List<String> common) {
    return waiting == null
        ? this
        : waiting(
            new Waiting(
                waiting.position(),
                waiting.elsewhere(),
                waiting.queued(),
                waiting.needs(),
                waiting.reasons().stream().filter(reason -> !common.contains(reason)).toList()));
  }

  /** Returns none unless it waits. */
  public static List<WaitReason> reasons(Standing standing, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> workers = fleet == null ? List.of() : fleet.workers();
    return WhyItWaits.reasons(standing, workers, visit.now());
  }

  public static @Nullable String needs(Session session) {
    List<String> needs = session.requiredCapabilities();
    return needs.isEmpty() ? null : Formats.cut(String.join(", ", needs), 200);
  }
}
