package dev.sluice.admin.work;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.fleet.SessionHealth;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The list that an address asks for. What can't be applied is left out and said: a link may be from
 * last week, or typed.
 *
 * @param page of work in memory, from 1
 * @param cursor of other work; null for its first page
 * @param dropped sentences
 */
record WorkQuery(
    WorkState state,
    Map<WorkFilter, String> filters,
    int page,
    @Nullable String cursor,
    List<String> dropped) {

  static final String STATE = "state";

  private static final String PAGE = "page";
  private static final String CURSOR = "cursor";
  private static final Set<String> OTHERS = Set.of(STATE, PAGE, CURSOR, "org");
  private static final int MOST_SAID = 10;

  static WorkQuery of(MultivaluedMap<String, String> parameters) {
    List<String> dropped = new ArrayList<>();
    WorkState state = state(first(parameters, STATE), dropped);
    Map<WorkFilter, String> filters = new EnumMap<>(WorkFilter.class);
    for (String name : new TreeSet<>(parameters.keySet())) {
      String value = first(parameters, name);
      if (!OTHERS.contains(name) && !value.isEmpty()) {
        WorkFilter filter = WorkFilter.of(name).orElse(null);
        String problem = problem(name, filter, state, value);
        if (filter != null && problem == null) {
          filters.put(filter, value);
        } else {
          dropped.add(problem + ".");
        }
      }
    }
    String cursor = first(parameters, CURSOR);
    return new WorkQuery(
        state,
        filters,
        page(first(parameters, PAGE), dropped),
        cursor.isEmpty() ? null : cursor,
        dropped.stream().limit(MOST_SAID).toList());
  }

  private static String first(MultivaluedMap<String, String> parameters, String name) {
    String value = parameters.getFirst(name);
    // the name of a project may begin or end with a space
    return value == null ? "" : name.equals(WorkFilter.PROJECT.word()) ? value : value.strip();
  }

  private static WorkState state(String word, List<String> dropped) {
    if (word.isEmpty()) {
      return WorkState.RUNNING;
    }
    return WorkState.of(word)
        .orElseGet(
            () -> {
              dropped.add("There is no state " + Formats.cut(word, 40) + ".");
              return WorkState.RUNNING;
            });
  }

  private static int page(String text, List<String> dropped) {
    if (text.isEmpty()) {
      return 1;
    }
    if (text.matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(text);
    }
    dropped.add("There is no page " + Formats.cut(text, 40) + ".");
    return 1;
  }

  private static @Nullable String problem(
      String name, @Nullable WorkFilter filter, WorkState state, String value) {
    if (filter == null) {
      return "There is no filter " + Formats.cut(name, 40);
    }
    String problem = filter.problem(value);
    if (problem != null) {
      return "The filter " + filter.label() + " " + problem;
    }
    return filter.serves(state)
        ? null
        : "The filter " + filter.label() + " is not available for " + state.word() + " work";
  }

  /** True if listed from memory; the contract lists other work. */
  boolean inMemory() {
    return switch (state) {
      case RUNNING, STOPPING -> true;
      case DEAD -> filters.keySet().stream().anyMatch(filter -> filter != WorkFilter.PROJECT);
      case ENDED -> !filters.isEmpty();
      case WAITING, PARKED, LATER, RETURNED -> get(WorkFilter.Q) != null;
    };
  }

  /** True if it needs unclaimed work in memory. */
  boolean needsUnclaimed() {
    return get(WorkFilter.Q) != null || (state.over() && inMemory());
  }

  /** True if it looks through work in memory or of an issue, rather than at a page of a list. */
  boolean searches() {
    return needsUnclaimed()
        || filters.keySet().stream()
            .anyMatch(filter -> filter != WorkFilter.PROJECT && filter != WorkFilter.SORT);
  }

  @Nullable String get(WorkFilter filter) {
    return filters.get(filter);
  }

  @Nullable SessionHealth health() {
    return WorkFilter.health(get(WorkFilter.HEALTH));
  }

  WorkSort sort() {
    String word = get(WorkFilter.SORT);
    return word == null ? WorkSort.AGE : WorkSort.of(word).orElse(WorkSort.AGE);
  }

  /** The first page with another value of a filter; null for none. */
  String with(WorkFilter changed, @Nullable String value, Links links) {
    Map<WorkFilter, String> others = new EnumMap<>(WorkFilter.class);
    others.putAll(filters);
    others.remove(changed);
    if (value != null) {
      others.put(changed, value);
    }
    return link(state, others, null, null, links);
  }

  /** The first page of another state, with the filters that it has. */
  String in(WorkState other, Links links) {
    Map<WorkFilter, String> kept = new EnumMap<>(WorkFilter.class);
    filters.forEach(
        (filter, value) -> {
          if (filter.serves(other)) {
            kept.put(filter, value);
          }
        });
    return link(other, kept, null, null, links);
  }

  String at(int otherPage, Links links) {
    return link(state, filters, PAGE, otherPage == 1 ? null : String.valueOf(otherPage), links);
  }

  String at(@Nullable String otherCursor, Links links) {
    return link(state, filters, CURSOR, otherCursor, links);
  }

  private static String link(
      WorkState state,
      Map<WorkFilter, String> filters,
      @Nullable String name,
      @Nullable String value,
      Links links) {
    List<@Nullable String> parameters = new ArrayList<>();
    parameters.add(STATE);
    parameters.add(state.word());
    filters.forEach(
        (filter, each) -> {
          parameters.add(filter.word());
          parameters.add(each);
        });
    parameters.add(name);
    parameters.add(value);
    return links.to(Section.WORK.path(), parameters.toArray(new @Nullable String[0]));
  }
}
