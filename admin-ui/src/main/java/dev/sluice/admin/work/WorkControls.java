package dev.sluice.admin.work;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Tab;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Controls of the work list: states, filters, orders. */
record WorkControls(WorkQuery query, FleetSnapshot fleet, Links links) {

  private static final int MOST_PROJECTS = 200;

  /** Filters that are typed; the others are links and an order to choose. */
  private static final List<WorkFilter> TYPED =
      List.of(
          WorkFilter.PROJECT,
          WorkFilter.HOST,
          WorkFilter.MODEL,
          WorkFilter.ISSUE,
          WorkFilter.CAPABILITY,
          WorkFilter.COST,
          WorkFilter.OLDER);

  /** On all dead letters of the list: none with filters that these acts don't have. */
  ActButton.Menu acts() {
    return query.state() == WorkState.DEAD && !query.inMemory() && fleet.counts().dead() > 0
        ? ActButton.menu(
            List.of(
                ActButton.form("Requeue all", links.to("/dead/requeue", project())),
                ActButton.harm("Discard all", links.to("/dead/discard", project()))))
        : ActButton.Menu.NONE;
  }

  private @Nullable String[] project() {
    return new @Nullable String[] {"project", query.get(WorkFilter.PROJECT)};
  }

  List<Tab> tabs() {
    return Stream.of(WorkState.values())
        .map(
            state ->
                new Tab(state.word(), query.in(state, links), count(state), state == query.state()))
        .toList();
  }

  private @Nullable String count(WorkState state) {
    Counts counts = counts(query.get(WorkFilter.PROJECT));
    if (counts == null || state == WorkState.ENDED) {
      return null;
    }
    return Formats.count(
        switch (state) {
          case WAITING -> counts.ready() + counts.returned();
          case PARKED -> counts.parked();
          case LATER -> counts.later();
          case RETURNED -> counts.returned();
          case RUNNING -> counts.claimed() - Math.min(counts.claimed(), stopping());
          case STOPPING -> stopping();
          default -> counts.dead();
        });
  }

  /** Returns null for a project that the snapshot doesn't have. */
  private @Nullable Counts counts(@Nullable String project) {
    return project == null
        ? fleet.counts()
        : fleet.queues().stream()
            .filter(queue -> queue.project().equals(project))
            .map(ProjectQueue::counts)
            .findFirst()
            .orElse(null);
  }

  private long stopping() {
    String project = query.get(WorkFilter.PROJECT);
    return fleet.claims().all().stream()
        .filter(claim -> claim.state().terminal())
        .map(Claim::project)
        .filter(each -> project == null || each.equals(project))
        .count();
  }

  /** Values of a filter to choose with one click; null for none. */
  WorkView.@Nullable Choices choices() {
    if (query.state() == WorkState.ENDED) {
      return new WorkView.Choices(
          "Result",
          WorkFilter.results().map(word -> choice(WorkFilter.RESULT, word, null)).toList());
    }
    return query.state().claimed()
        ? new WorkView.Choices(
            "Health",
            Stream.of(SessionHealth.values())
                .map(
                    health ->
                        choice(
                            WorkFilter.HEALTH,
                            health.word(),
                            query.state() == WorkState.RUNNING
                                ? Formats.count(fleet.faring(health))
                                : null))
                .toList())
        : null;
  }

  private Tab choice(WorkFilter filter, String word, @Nullable String count) {
    boolean chosen = word.equals(query.get(filter));
    return new Tab(word, query.with(filter, chosen ? null : word, links), count, chosen);
  }

  WorkView.Sorts sorts() {
    return new WorkView.Sorts(
        sort(WorkSort.AGE), sort(WorkSort.COST), sort(WorkSort.PRIORITY), sort(WorkSort.SEEN));
  }

  private WorkView.Sort sort(WorkSort sort) {
    return new WorkView.Sort(
        sort.column(),
        sort.means(),
        query.with(WorkFilter.SORT, sort == WorkSort.AGE ? null : sort.word(), links),
        sort == query.sort(),
        sort == WorkSort.COST ? "descending" : "ascending",
        sort == WorkSort.COST || sort == WorkSort.PRIORITY);
  }

  List<WorkView.Chip> chips() {
    return query.filters().entrySet().stream()
        .filter(filter -> filter.getKey() != WorkFilter.SORT)
        .map(
            filter ->
                new WorkView.Chip(
                    filter.getKey().label(),
                    Formats.cut(filter.getValue(), 80),
                    query.with(filter.getKey(), null, links)))
        .toList();
  }

  List<Field> fields() {
    Stream<Field> typed =
        TYPED.stream()
            .filter(filter -> filter.serves(query.state()))
            .map(
                filter -> {
                  String value = query.get(filter);
                  return hinted(
                      Field.text(filter.word(), label(filter), value == null ? "" : value));
                });
    Stream<Field> order = query.state().claimed() ? Stream.of(order()) : Stream.empty();
    return Stream.concat(typed, order).toList();
  }

  private Field order() {
    return Field.choice(
        WorkFilter.SORT.word(),
        "Order",
        Stream.of(WorkSort.values())
            .map(sort -> new Field.Option(sort.word(), sort.means(), sort == query.sort()))
            .toList());
  }

  private static String label(WorkFilter filter) {
    String label = filter.label();
    return Character.toUpperCase(label.charAt(0)) + label.substring(1);
  }

  private static Field hinted(Field field) {
    return field.name().equals(WorkFilter.COST.word())
        ? field.hint("Dollars, like 10.")
        : field.name().equals(WorkFilter.OLDER.word())
            ? field.hint("Since the claim, like 30m, 2h or 1d.")
            : field;
  }

  /** The state and the filters without a field in the filters' form. */
  List<Field> hidden() {
    return Stream.concat(
            Stream.of(state()),
            hidden(filter -> !TYPED.contains(filter) && filter != WorkFilter.SORT).stream())
        .toList();
  }

  /** State and filters that a search for words keeps. */
  List<Field> kept() {
    List<Field> filters = hidden(filter -> filter != WorkFilter.Q);
    return query.state().claimed()
        ? filters
        : Stream.concat(Stream.of(state()), filters.stream()).toList();
  }

  private Field state() {
    return Field.hidden(WorkQuery.STATE, query.state().word());
  }

  private List<Field> hidden(Predicate<WorkFilter> which) {
    return query.filters().entrySet().stream()
        .filter(filter -> which.test(filter.getKey()))
        .map(filter -> Field.hidden(filter.getKey().word(), filter.getValue()))
        .toList();
  }

  WorkView.Projects projects() {
    return new WorkView.Projects(
        new Rows<>(
            fleet.queues().stream()
                .filter(queue -> waiting(queue) > 0)
                .sorted(Comparator.comparingLong(queue -> -waiting(queue)))
                .limit(MOST_PROJECTS)
                .map(
                    queue ->
                        new WorkView.Project(
                            new Ref(
                                queue.project(),
                                query.with(WorkFilter.PROJECT, queue.project(), links)),
                            Formats.count(waiting(queue))))
                .toList()));
  }

  private long waiting(ProjectQueue queue) {
    Counts counts = queue.counts();
    return switch (query.state()) {
      case PARKED -> counts.parked();
      case LATER -> counts.later();
      case RETURNED -> counts.returned();
      default -> counts.ready() + counts.returned();
    };
  }
}
