package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.ListReads.ListClaims;
import dev.sluice.backend.engine.read.ListReads.ListOfIssue;
import dev.sluice.backend.engine.read.ListReads.ListSessions;
import dev.sluice.backend.engine.read.ListedSessions;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.read.SessionReads.ListHeadlines;
import dev.sluice.backend.engine.read.SessionReads.ListStages;
import dev.sluice.backend.engine.read.SessionReads.ReadTimeline;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.records.Liveness.ClaimRef;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.write.ClaimOperations.ClaimByName;
import dev.sluice.backend.engine.write.ClaimOperations.GiveBack;
import dev.sluice.backend.engine.write.ClaimOperations.Nack;
import dev.sluice.backend.engine.write.ClaimOperations.Transfer;
import dev.sluice.backend.engine.write.OrderOperations.Requeue;
import dev.sluice.backend.engine.write.ReportOperations.Refresh;
import dev.sluice.backend.engine.write.ReportOperations.Report;
import dev.sluice.backend.engine.write.ReportOperations.Touch;
import dev.sluice.backend.engine.write.StopOperations.Stop;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.IssueIdentifiers;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

final class EngineSessions implements Sessions {

  /** Sessions named in one step, while other calls of the org wait. */
  private static final int AT_ONCE = 100;

  private final Orgs orgs;
  private final SessionItems items;
  private final Activities activities;
  private final NameResolver named;
  private final Blobs texts;

  EngineSessions(Orgs orgs, SideTables tables) {
    this.orgs = orgs;
    this.items = new SessionItems(orgs, tables);
    this.activities = new Activities(orgs, tables.activities());
    this.named = new NameResolver(orgs, tables);
    this.texts = tables.texts();
  }

  @Override
  public Session find(String org, String sessionId) {
    return orgs.reading(() -> items.read(org, new FindSession(sessionId)));
  }

  @Override
  public Page<Session> list(String org, Place place, @Nullable Cursor cursor, int limit) {
    return page(org, null, place, cursor, limit, items::show);
  }

  @Override
  public Page<Session> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return page(
        org, project, place, cursor, limit, (of, page) -> items.rows(of, page, Set.of(place)));
  }

  private Page<Session> page(
      String org,
      @Nullable String project,
      Place place,
      @Nullable Cursor cursor,
      int limit,
      BiFunction<String, ListedSessions, Page<Session>> show) {
    return orgs.reading(
        () -> {
          if (!place.listed(project)) {
            throw new IllegalArgumentException("no list of " + place + " sessions");
          }
          ListedSessions page = orgs.call(org, new ListSessions(project, place, cursor, limit));
          return show.apply(org, page);
        });
  }

  @Override
  public Page<Claim> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    ListClaims.Answer page = orgs.call(org, new ListClaims(project, cursor, limit));
    return new Page<>(page.claims(), page.next());
  }

  @Override
  public List<Headline> headlines(String org, List<String> ids) {
    if (!orgs.takes(ListHeadlines.class)) {
      return List.of();
    }
    List<Headline> headlines = new ArrayList<>(ids.size());
    int from = 0;
    do {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      ListHeadlines.Answer answer = orgs.call(org, new ListHeadlines(some));
      headlines.addAll(answer.headlines());
      from += AT_ONCE;
    } while (from < ids.size());
    return headlines;
  }

  @Override
  public List<Stage> stages(String org, List<String> ids) {
    if (!orgs.takes(ListStages.class)) {
      throw RefusedException.of(Refusal.UPGRADING, "");
    }
    List<Stage> stages = new ArrayList<>(ids.size());
    int from = 0;
    do {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      stages.addAll(orgs.call(org, new ListStages(some)).stages());
      from += AT_ONCE;
    } while (from < ids.size());
    return stages;
  }

  @Override
  public Page<Session> ofIssue(
      String org, String issueIdentifier, @Nullable Cursor cursor, int limit) {
    if (!orgs.takes(ListOfIssue.class)) {
      return new Page<>(List.of(), null);
    }
    return orgs.reading(
        () -> {
          ListedSessions page = orgs.call(org, new ListOfIssue(issueIdentifier, cursor, limit));
          Page<Session> rows = items.rows(org, page, Place.ANY);
          return new Page<>(
              rows.items().stream()
                  .filter(row -> IssueIdentifiers.same(row.issueIdentifier(), issueIdentifier))
                  .toList(),
              rows.next());
        });
  }

  @Override
  public ClaimResult claim(String org, String sessionId, WorkerRef worker) {
    return orgs.reading(
        () -> {
          ClaimByName.Answer answer =
              orgs.call(org, new ClaimByName(sessionId, worker.workerId(), worker.registeredBy()));
          return new ClaimResult(items.show(org, answer.session()), answer.denial());
        });
  }

  @Override
  public StatusResult report(String org, String sessionId, Holder holder, StatusReport report) {
    if (!report.target().reportable()) {
      throw new IllegalArgumentException(report.target() + " is no worker's to report");
    }
    Report.Answer answer = orgs.call(org, new Report(sessionId, holder, report));
    return new StatusResult(
        answer.transition(),
        SessionItems.row(answer.session()),
        answer.reattached(),
        answer.replay());
  }

  @Override
  public Session findPublic(String org, String publicId) {
    return orgs.reading(() -> named.find(org, publicId));
  }

  @Override
  public Session touch(String org, String sessionId, Holder holder) {
    return SessionItems.row(orgs.call(org, new Touch(sessionId, holder)));
  }

  @Override
  public LockState refresh(String org, String sessionId, Holder holder, RefreshRequest request) {
    return orgs.reading(
        () -> {
          Refresh.Answer answer = orgs.call(org, new Refresh(sessionId, holder, request));
          ShownMessage inject = answer.inject();
          List<Message> offered =
              inject == null ? List.of() : MessageTexts.show(texts, org, List.of(inject));
          return new LockState(
              answer.stop(),
              SessionItems.row(answer.session()),
              offered.isEmpty() ? null : offered.get(0));
        });
  }

  @Override
  public ActivityResult addActivity(
      String org, String sessionId, Holder holder, NewActivity activity) {
    return activities.add(org, sessionId, holder, activity);
  }

  @Override
  public List<Activity> activities(String org, String sessionId, long afterId, int limit) {
    return activities.list(org, sessionId, afterId, limit);
  }

  @Override
  public List<Event> timeline(String org, String sessionId) {
    ReadTimeline.Answer answer = orgs.call(org, new ReadTimeline(sessionId));
    return answer.events();
  }

  @Override
  public boolean nack(
      String org, String sessionId, Holder holder, @Nullable NackReason reason, boolean denied) {
    String text = reason == null ? null : reason.text();
    return orgs.call(org, new Nack(sessionId, holder, text, denied));
  }

  @Override
  public List<String> giveBack(String org, String workerId, Map<String, Long> tokens) {
    List<ClaimRef> claims =
        tokens.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Names::compareBytes))
            .map(claim -> new ClaimRef(claim.getKey(), claim.getValue()))
            .toList();
    GiveBack.Answer answer = orgs.call(org, new GiveBack(workerId, claims));
    return answer.returned();
  }

  @Override
  public Session transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld) {
    return items.change(
        org,
        new Transfer(
            sessionId, oldWorkerId, worker.workerId(), worker.registeredBy(), speaksForOld));
  }

  @Override
  public StopResult stop(
      String org, String sessionId, StopMessage message, Set<Place> from, AuditNote note) {
    return orgs.reading(
        () -> {
          StoredText text =
              MessageTexts.store(texts, org, sessionId, message.payload(), orgs.now());
          Stop.Answer answer;
          try {
            answer =
                orgs.call(
                    org,
                    new Stop(sessionId, message.userId(), message.userName(), text, from, note));
          } catch (RefusedException e) {
            texts.delete(new Blobs.Ref(org, sessionId, text.name()));
            throw e;
          }
          return new StopResult(items.show(org, answer.session()), answer.messageId());
        });
  }

  @Override
  public Session requeue(String org, String sessionId, Set<Place> from, AuditNote note) {
    return items.change(org, new Requeue(sessionId, from, note));
  }
}
