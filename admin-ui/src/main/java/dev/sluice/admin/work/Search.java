package dev.sluice.admin.work;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.FleetSearch;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what is no work by words: pages, lists, projects, hosts, workers. */
record Search(String text, FleetSnapshot fleet) {

  record Hit(String kind, Ref ref) {}

  List<Hit> hits(Visit visit) {
    Links links = visit.links();
    FleetSearch.Words words = FleetSearch.Words.of(text);
    FleetSearch.Found found = fleet.search().others(text, project -> true, worker -> true);
    Stream<Hit> pages =
        Stream.of(Section.values())
            .filter(section -> visit.may(section.role()) && words.in(section.title()))
            .map(page -> new Hit("page", new Ref(page.title(), links.to(page.path()))));
    Stream<Hit> lists =
        Stream.of(WorkState.values())
            .filter(state -> words.in(state.title()))
            .map(
                state ->
                    new Hit(
                        "list",
                        new Ref(
                            state.title(),
                            links.to(Section.WORK.path(), WorkQuery.STATE, state.word()))));
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
        .flatMap(hits -> hits)
        .toList();
  }

  private static Stream<Hit> named(String kind, List<String> names, Function<String, String> link) {
    return names.stream().map(name -> new Hit(kind, new Ref(name, link.apply(name))));
  }
}
