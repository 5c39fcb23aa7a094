package dev.sluice.admin.work;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.SessionButtons;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.IssueIdentifiers;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.control.DeadCause;
import dev.sluice.control.FleetSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of work, from the lists of the contract or from memory. */
public record WorkLists(QueueBackend backend) {

  private static final int WAITING_SIZE = 25;

  /**
   * @param project null for all; required for waiting work
   * @param link address at a cursor; null for the first page
   */
  public WorkList of(
      Visit visit,
      @Nullable String project,
      WorkState state,
      @Nullable Cursor at,
      Function<@Nullable String, String> link) {
    Map<WorkFilter, String> filters =
        project == null ? Map.of() : Map.of(WorkFilter.PROJECT, project);
    return read(visit, project, state, at, link)
        .selecting(
            visit,
            link.apply(at == null ? null : at.text()),
            AllWork.fields(new WorkQuery(state, filters, 1, null, List.of())),
            "All of this list");
  }

  /** A page of work in memory. */
  WorkList known(Visit visit, WorkQuery query, MatchingWork matching) {
    Links links = visit.links();
    int from = Math.min((query.page() - 1) * Lists.SIZE, matching.size());
    int to = Math.min(from + Lists.SIZE, matching.size());
    String here = query.at(query.page(), links);
    Pager pager =
        new Pager(
            query.page() == 1 ? null : query.at(1, links),
            to < matching.size() ? query.at(query.page() + 1, links) : null);
    WorkList list;
    if (query.state().claimed()) {
      list =
          WorkList.of(
              query.state(),
              matching.claims().subList(from, to).stream()
                  .map(claim -> WorkRow.of(claim, visit))
                  .toList(),
              null,
              false,
              false,
              pager);
    } else {
      List<Session> some = matching.unclaimed().subList(from, to);
      list =
          query.state().waits()
              ? waiting(visit, query, some, pager, here)
              : over(visit, query.state(), null, some, pager, here);
    }
    return list.selecting(
        visit,
        here,
        AllWork.fields(query),
        "All " + Formats.count(matching.size(), query.state().one()) + " of this list");
  }

  /** Waiting work of an issue, on one page. */
  WorkList ofIssue(Visit visit, WorkQuery query, String issue) {
    String here = query.at(null, visit.links());
    List<Session> sessions = ofIssue(backend, visit.org(), query, issue);
    return waiting(visit, query, sessions, new Pager(null, null), here)
        .selecting(visit, here, AllWork.fields(query), "All of this list");
  }

  /** Shows the sessions that are still in their list. */
  private WorkList waiting(
      Visit visit, WorkQuery query, List<Session> sessions, Pager pager, String here) {
    List<Standing> standings = new ArrayList<>();
    for (Session session : sessions) {
      try {
        Standing standing = backend.work().standing(visit.org(), session.id());
        if (query.state().lists(standing.session().place())) {
          standings.add(standing);
        }
      } catch (RefusedException gone) {
        // since it was found
      }
    }
    boolean mixed = query.get(WorkFilter.PROJECT) == null;
    return waiting(visit, query.state(), standings, mixed, pager, here);
  }

  /** At most {@link FleetSearch#MOST}, in the order of their list. */
  static List<Session> ofIssue(QueueBackend backend, String org, WorkQuery query, String issue) {
    String project = query.get(WorkFilter.PROJECT);
    Comparator<Session> order = query.state().order();
    return FleetSearch.stored(
            backend.sessions(),
            org,
            issue,
            session ->
                query.state().lists(session.place())
                    && IssueIdentifiers.same(session.issueIdentifier(), issue)
                    && (project == null || project.equals(session.project())),
            order)
        .stream()
        .sorted(order)
        .toList();
  }

  private WorkList read(
      Visit visit,
      @Nullable String project,
      WorkState state,
      @Nullable Cursor at,
      Function<@Nullable String, String> link) {
    String here = link.apply(at == null ? null : at.text());
    if (state.waits() && project != null) {
      Page<Standing> page =
          backend.work().standings(visit.org(), project, state.place(), at, WAITING_SIZE);
      return waiting(visit, state, page.items(), false, Lists.pager(at, page, link), here);
    }
    Page<Session> page =
        backend.sessions().rows(visit.org(), project, state.place(), at, Lists.SIZE);
    Pager pager = Lists.pager(at, page, link);
    Function<DeadCause, ActButton.Menu> acts = cause -> all(visit, project, cause);
    return over(visit, state, acts, page.items(), pager, here);
  }

  /**
   * @param acts on a whole group of dead letters; null for none, since they ignore most filters
   */
  private static WorkList over(
      Visit visit,
      WorkState state,
      @Nullable Function<DeadCause, ActButton.Menu> acts,
      List<Session> sessions,
      Pager pager,
      String here) {
    return state == WorkState.DEAD
        ? dead(visit, acts, sessions, pager, here)
        : WorkList.of(
            state,
            sessions.stream().map(session -> WorkRow.of(session, visit)).toList(),
            null,
            false,
            false,
            pager);
  }

  private static WorkList waiting(
      Visit visit,
      WorkState state,
      List<Standing> standings,
      boolean mixed,
      Pager pager,
      String here) {
    List<WorkRow> rows =
        standings.stream()
            .map(
                standing ->
                    WorkRow.of(standing, state.place(), visit)
                        .acting(
                            SessionButtons.waitingRow(
                                standing.session().id(), visit.links(), here)))
            .toList();
    List<String> common = WorkRow.common(rows);
    return WorkList.of(
        state,
        rows.stream().map(row -> row.without(common)).toList(),
        common.isEmpty() ? null : String.join("; ", common),
        mixed,
        visit.may(VisitorRole.OPERATOR),
        pager);
  }

  private static WorkList dead(
      Visit visit,
      @Nullable Function<DeadCause, ActButton.Menu> acts,
      List<Session> dead,
      Pager pager,
      String here) {
    Links links = visit.links();
    boolean steers = visit.may(VisitorRole.OPERATOR);
    Map<DeadCause, List<WorkRow>> groups = new LinkedHashMap<>();
    for (Session session : dead) {
      groups
          .computeIfAbsent(DeadCause.of(session), cause -> new ArrayList<>())
          .add(
              WorkRow.of(session, visit).acting(SessionButtons.deadRow(session.id(), links, here)));
    }
    return new WorkList(
        WorkState.DEAD,
        new Rows<>(
            groups.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue(), acts))
                .toList()),
        null,
        false,
        steers,
        pager,
        null);
  }

  private static WorkList.Group group(
      DeadCause cause, List<WorkRow> rows, @Nullable Function<DeadCause, ActButton.Menu> acts) {
    DeadReason reason = cause.reason();
    return new WorkList.Group(
        reason == null ? "unknown reason" : reason.words(),
        cause.error().equals(DeadCause.NO_ERROR) ? null : cause.error(),
        Formats.count(rows.size(), "letter") + " on this page",
        acts == null ? ActButton.Menu.NONE : acts.apply(cause),
        new Rows<>(rows));
  }

  private static ActButton.Menu all(Visit visit, @Nullable String project, DeadCause cause) {
    DeadReason reason = cause.reason();
    if (reason == null || !visit.may(VisitorRole.OPERATOR)) {
      return ActButton.Menu.NONE;
    }
    Links links = visit.links();
    @Nullable String[] filter = {"project", project, "dead", reason.wire(), "error", cause.error()};
    return ActButton.menu(
        List.of(
            ActButton.form("Requeue this group", links.to("/dead/requeue", filter)),
            ActButton.harm("Discard this group", links.to("/dead/discard", filter))));
  }
}
