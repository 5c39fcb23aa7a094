package dev.sluice.admin.sessions;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param health null unless claimed
 * @param since the claim or the end
 * @param ran null for never
 */
public record SessionRow(
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
    List<ActButton> acts) {

  public static SessionRow of(Session session, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    boolean claimed = session.place() == Place.CLAIMED;
    long since = session.endedAtMs() != 0 ? session.endedAtMs() : session.claimedAtMs();
    return new SessionRow(
        SessionName.of(session, links),
        Badge.of(session),
        claimed ? Badge.of(SessionHealth.of(Claim.of(session), now)) : null,
        new Ref(session.project(), links.queue(session.project())),
        session.priority(),
        WorkerName.of(session.owner(), visit.reading().fleet(), links),
        TimeText.of(since, now),
        TimeText.of(session.lastSignMs(), now),
        ran(session),
        session.costMicroUsd() == 0 ? null : Formats.usd(session.costMicroUsd()),
        session.attempts() == 0 ? null : Formats.count(session.attempts()),
        List.of());
  }

  public SessionRow acting(List<ActButton> buttons) {
    return new SessionRow(
        session, badge, health, project, priority, worker, since, lastSign, ran, cost, attempts,
        buttons);
  }

  public static SessionRow of(Claim claim, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    return new SessionRow(
        name(claim, visit),
        Badge.of(claim),
        Badge.of(SessionHealth.of(claim, now)),
        new Ref(claim.project(), links.queue(claim.project())),
        claim.priority(),
        WorkerName.of(claim.owner(), visit.reading().fleet(), links),
        TimeText.of(claim.claimedAtMs(), now),
        TimeText.of(claim.lastSignMs(), now),
        null,
        claim.costMicroUsd() == 0 ? null : Formats.usd(claim.costMicroUsd()),
        claim.attempts() == 0 ? null : Formats.count(claim.attempts()),
        List.of());
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
}
