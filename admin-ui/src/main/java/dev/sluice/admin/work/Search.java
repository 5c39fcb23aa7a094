package dev.sluice.admin.work;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what has all words of a text, in the snapshot alone: claimed sessions, workers, hosts,
 * projects and pages. Ignores case.
 */
record Search(List<String> words, FleetSnapshot fleet) {

  private static final int MOST = 50;

  record Hit(String kind, Ref ref) {}

  static Search of(String text, FleetSnapshot fleet) {
    return new Search(List.of(lower(text).strip().split("\\s+")), fleet);
  }

  boolean matches(Claim claim) {
    Headline headline = fleet.headline(claim.id());
    String issue = headline == null ? null : headline.issueIdentifier();
    String title = headline == null ? null : headline.subject().title();
    return matches(
        claim.id(), issue, title, claim.project(), claim.owner(), fleet.host(claim.owner()));
  }

  List<Hit> others(Visit visit) {
    Links links = visit.links();
    Stream<Hit> pages =
        Stream.of(Section.values())
            .filter(section -> visit.may(section.role()) && matches(section.title()))
            .map(page -> new Hit("page", new Ref(page.title(), links.to(page.path()))));
    Stream<Hit> lists =
        Stream.of(WorkState.values())
            .filter(state -> matches(state.title()))
            .map(
                state ->
                    new Hit(
                        "list",
                        new Ref(
                            state.title(),
                            links.to(Section.WORK.path(), WorkQuery.STATE, state.word()))));
    Stream<Hit> projects =
        named("project", fleet.queues().stream().map(ProjectQueue::project), links::queue);
    Stream<Hit> hosts =
        named(
            "host",
            fleet.workers().stream().map(worker -> worker.registration().hostname()).distinct(),
            links::host);
    Stream<Hit> workers =
        fleet.workers().stream()
            .map(Worker::registration)
            .filter(worker -> matches(worker.workerId(), worker.hostname()))
            .map(Registration::workerId)
            .limit(MOST)
            .map(id -> new Hit("worker", new Ref(id, links.worker(id))));
    return Stream.of(pages, lists, projects, hosts, workers).flatMap(hits -> hits).toList();
  }

  private Stream<Hit> named(String kind, Stream<String> names, Function<String, String> link) {
    return names
        .filter(this::matches)
        .limit(MOST)
        .map(name -> new Hit(kind, new Ref(name, link.apply(name))));
  }

  private boolean matches(@Nullable String... texts) {
    List<String> lower =
        Stream.of(texts).filter(Objects::nonNull).map(text -> lower(String.valueOf(text))).toList();
    return words.stream().allMatch(word -> lower.stream().anyMatch(text -> text.contains(word)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
