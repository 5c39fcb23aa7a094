package dev.sluice.admin.work;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.control.FleetSearch;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.UnclaimedWork;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds by words what a list doesn't have.
 *
 * @param memory of the fleet
 * @param state of the list
 */
record Search(String text, FleetSnapshot fleet, FleetSearch memory, WorkState state) {

  Search(String text, FleetSnapshot fleet, WorkState state) {
    this(text, fleet, fleet.search(), state);
  }

  /** Sessions of another list. */
  private static final int SHOWN = 5;

  /**
   * @param detail of dead and ended work: how, when, where; of lists: how many; null for others
   */
  record Hit(String kind, Ref ref, @Nullable String detail) {

    private Hit(String kind, Ref ref) {
      this(kind, ref, null);
    }
  }

  /**
   * @param listed ids of the whole list
   */
  List<Hit> hits(Visit visit, Sessions sessions, Set<String> listed) {
    Links links = visit.links();
    FleetSearch.Found found =
        memory.find(text, project -> true, worker -> true, visit.links().prompts());
    List<Session> stored =
        FleetSearch.stored(sessions, visit.org(), text, session -> !listed.contains(session.id()));
    Set<String> ids =
        Stream.concat(stored.stream().map(Session::id), listed.stream())
            .collect(Collectors.toSet());
    Stream<Hit> claimed =
        some(
            WorkState.RUNNING,
            found.claims(),
            found.claims().size() == FleetSearch.MOST,
            claim -> !ids.contains(claim.id()),
            claim -> hit(claim, links),
            links);
    Stream<Hit> unclaimed =
        Stream.of(
                WorkState.WAITING,
                WorkState.PARKED,
                WorkState.LATER,
                WorkState.DEAD,
                WorkState.ENDED)
            .flatMap(
                kind ->
                    some(
                        kind,
                        of(found, kind).stream()
                            .filter(session -> kind.lists(session.place()))
                            .toList(),
                        of(found, kind).size() == FleetSearch.MOST && hasWork(kind),
                        session -> !ids.contains(session.id()),
                        session -> hit(session, visit),
                        links));
    return Stream.of(
            stored.stream().map(session -> hit(session, visit)),
            claimed,
            unclaimed,
            new Actions(visit, fleet, sessions)
                .named(text).stream().map(action -> new Hit("action", action)),
            others(visit, found))
        .flatMap(hits -> hits)
        .toList();
  }

  private static List<Session> of(FleetSearch.Found found, WorkState kind) {
    return switch (kind) {
      case DEAD -> found.dead();
      case ENDED -> found.ended();
      default -> found.waiting();
    };
  }

  private boolean hasWork(WorkState kind) {
    return switch (kind) {
      case PARKED -> fleet.counts().parked() > 0;
      case LATER -> fleet.counts().later() > 0;
      default -> true;
    };
  }

  /**
   * Some of another list, and a link to it for all.
   *
   * @param stopped true if the search ended before it had looked at all
   * @param more false for hits that are shown already
   */
  private <T> Stream<Hit> some(
      WorkState kind,
      List<T> found,
      boolean stopped,
      Predicate<T> more,
      Function<T, Hit> hit,
      Links links) {
    if (kind == state || kind.claimed() && state.claimed()) {
      return Stream.empty();
    }
    List<T> others = found.stream().filter(more).toList();
    Stream<Hit> first = others.stream().limit(SHOWN).map(hit);
    if (others.size() <= SHOWN && !stopped) {
      return first;
    }
    String all =
        links.to(Section.WORK.path(), WorkQuery.STATE, kind.word(), WorkFilter.Q.word(), text);
    String count =
        found.isEmpty() ? "perhaps" : Formats.count(found.size()) + (stopped ? " or more" : "");
    return Stream.concat(
        first, Stream.of(new Hit("list", new Ref(kind.title() + " with these words", all), count)));
  }

  private Stream<Hit> others(Visit visit, FleetSearch.Found found) {
    Links links = visit.links();
    FleetSearch.Words words = FleetSearch.Words.of(text);
    Stream<Hit> pages =
        Stream.of(Section.values())
            .filter(section -> visit.may(section.role()) && words.in(section.title()))
            .map(page -> new Hit("page", new Ref(page.title(), links.to(page.path()))));
    Stream<Hit> lists =
        Stream.of(WorkState.values())
            .filter(each -> words.in(each.title()))
            .map(
                each ->
                    new Hit(
                        "list",
                        new Ref(
                            each.title(),
                            links.to(Section.WORK.path(), WorkQuery.STATE, each.word()))));
    return Stream.of(
            pages,
            lists,
            named("project", found.projects(), links::queue),
            named("host", found.hosts(), links::host),
            found.workers().stream()
                .map(
                    worker ->
                        new Hit(
                            "worker", new Ref(worker.workerId(), links.worker(worker.workerId())))))
        .flatMap(hits -> hits);
  }

  private static Stream<Hit> named(String kind, List<String> names, Function<String, String> link) {
    return names.stream().map(name -> new Hit(kind, new Ref(name, link.apply(name))));
  }

  private Hit hit(Session session, Visit visit) {
    Links links = visit.links();
    boolean over = FleetSearch.isOver(session);
    String kind =
        session.place() == Place.CLAIMED && session.state().terminal()
            ? WorkState.STOPPING.word()
            : session.place().wire();
    return new Hit(
        kind,
        new Ref(SessionName.of(session, links).words(), links.session(session.id())),
        over ? detail(session, visit.now()) : null);
  }

  private Hit hit(Claim claim, Links links) {
    WorkState kind = claim.state().terminal() ? WorkState.STOPPING : WorkState.RUNNING;
    return new Hit(
        kind.word(), new Ref(name(claim, fleet, links).words(), links.session(claim.id())));
  }

  static SessionName name(Claim claim, FleetSnapshot fleet, Links links) {
    Headline headline = fleet.headline(claim.id());
    return headline == null
        ? SessionName.of(claim.id(), links)
        : SessionName.of(headline, claim.project(), links);
  }

  private String detail(Session session, long now) {
    List<String> hosts = memory.item(session).hosts();
    return (session.place() == Place.DEAD ? "" : Badge.of(session).word() + " ")
        + Formats.relative(session.endedAtMs(), now)
        + (hosts.isEmpty() ? "" : " on " + hosts.get(hosts.size() - 1));
  }

  /** Sentences that say how far the search looks. */
  String scope() {
    UnclaimedWork unclaimed = fleet.unclaimed();
    return "Work in all places, workers, hosts, projects and pages with all these words."
        + scope(state.waits(), unclaimed.waiting(), "waiting sessions the first", "others")
        + scope(state == WorkState.DEAD, unclaimed.dead(), "dead letters the latest", "older ones")
        + scope(
            state == WorkState.ENDED, unclaimed.ended(), "ended sessions the latest", "older ones");
  }

  /**
   * @param listed true if its list says it
   */
  private static String scope(boolean listed, UnclaimedWork.Part part, String some, String rest) {
    if (listed || !part.reading() && !part.cut()) {
      return "";
    }
    return " Of the "
        + some
        + " "
        + Formats.count(part.sessions().size())
        + (part.reading() ? " so far; " + rest + " are being read." : ".");
  }
}
