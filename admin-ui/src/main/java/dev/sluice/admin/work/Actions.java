package dev.sluice.admin.work;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.HostButtons;
import dev.sluice.admin.acts.QueueButtons;
import dev.sluice.admin.acts.SessionButtons;
import dev.sluice.admin.acts.WorkerButtons;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Registration;
import dev.sluice.control.FleetSearch;
import dev.sluice.control.Host;
import dev.sluice.fleet.FleetSnapshot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds actions. The first word names the action, the others a thing, like {@code pause payments}.
 */
record Actions(Visit visit, FleetSnapshot fleet, Sessions sessions) {

  private static final int MOST = 10;

  private static final List<OnAll> ON_ALL =
      List.of(
          new OnAll("Pause all", "/pause-all", VisitorRole.OPERATOR),
          new OnAll("Resume all I paused", "/resume-all", VisitorRole.OPERATOR),
          new OnAll("Stop everything", "/stops", VisitorRole.OPERATOR),
          new OnAll("Requeue all dead letters", "/dead/requeue", VisitorRole.OPERATOR),
          new OnAll("Discard all dead letters", "/dead/discard", VisitorRole.OPERATOR),
          new OnAll("Mint a key", "/keys/mint", VisitorRole.ADMIN),
          new OnAll("Add a worker", "/add-worker", VisitorRole.ADMIN));

  private record OnAll(String label, String path, VisitorRole role) {}

  /** Returns names and forms, none for viewers. */
  List<Ref> named(String text) {
    if (!visit.may(VisitorRole.OPERATOR)) {
      return List.of();
    }
    String[] words = text.strip().split("\\s+", 2);
    FleetSearch.Words all = FleetSearch.Words.of(text);
    Stream<Ref> onAll =
        ON_ALL.stream()
            .filter(act -> visit.may(act.role()))
            .filter(act -> all.in(act.label()))
            .filter(act -> act.label().regionMatches(true, 0, words[0], 0, words[0].length()))
            .map(act -> new Ref(act.label(), visit.links().to(act.path())));
    return Stream.concat(onAll, words.length < 2 ? Stream.empty() : onOne(words[0], words[1]))
        .limit(MOST)
        .toList();
  }

  private Stream<Ref> onOne(String verb, String name) {
    Links links = visit.links();
    FleetSearch.Found found =
        fleet.search().find(name, project -> true, worker -> true, visit.links().prompts());
    Set<String> projects = Set.copyOf(found.projects());
    Set<String> hosts = Set.copyOf(found.hosts());
    Set<String> workers =
        found.workers().stream().map(Registration::workerId).collect(Collectors.toSet());
    return Stream.of(
            fleet.queues().stream()
                .filter(queue -> projects.contains(queue.project()))
                .flatMap(queue -> on(queue.project(), QueueButtons.of(queue, links), verb)),
            Host.in(fleet.workers()).stream()
                .filter(host -> hosts.contains(host.name()))
                .flatMap(host -> on(host.name(), HostButtons.of(host, links), verb)),
            fleet.workers().stream()
                .filter(worker -> workers.contains(worker.registration().workerId()))
                .flatMap(
                    worker ->
                        on(
                            worker.registration().workerId(),
                            WorkerButtons.of(worker, links, visit.now()),
                            verb)),
            onSessions(name, found, verb))
        .flatMap(acts -> acts);
  }

  /** Those found in the store first, each once. */
  private Stream<Ref> onSessions(String name, FleetSearch.Found found, String verb) {
    Links links = visit.links();
    Set<String> seen = new HashSet<>();
    Stream<Ref> claimed =
        found.claims().stream()
            .filter(claim -> seen.add(claim.id()))
            .flatMap(
                claim ->
                    on(
                        Search.name(claim, fleet, links).words(),
                        SessionButtons.of(claim, links),
                        verb));
    return Stream.of(
            on(FleetSearch.stored(sessions, visit.org(), name, any -> true), seen, verb),
            claimed,
            on(found.waiting(), seen, verb),
            on(found.dead(), seen, verb))
        .flatMap(acts -> acts);
  }

  private Stream<Ref> on(List<Session> some, Set<String> seen, String verb) {
    Links links = visit.links();
    return some.stream()
        .filter(session -> seen.add(session.id()))
        .flatMap(
            session ->
                on(
                    SessionName.of(session, links).words(),
                    SessionButtons.of(session, links),
                    verb));
  }

  private static Stream<Ref> on(String name, ActButton.Menu acts, String verb) {
    return Stream.concat(acts.first().stream(), acts.more().rows().stream())
        .filter(act -> begins(act.label(), verb))
        .map(act -> new Ref(act.label() + ": " + name, act.link()));
  }

  /** True if a word of the label begins so. */
  private static boolean begins(String label, String verb) {
    String lower = verb.toLowerCase(Locale.ROOT);
    return Arrays.stream(label.toLowerCase(Locale.ROOT).split(" "))
        .anyMatch(word -> word.startsWith(lower));
  }
}
