package dev.sluice.admin.work;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.IssueIdentifiers;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetSearch;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The work of a query in a snapshot, filtered and in order.
 *
 * @param claims if the state is claimed
 * @param unclaimed for another state
 */
record MatchingWork(List<Claim> claims, List<Session> unclaimed) {

  static final MatchingWork NONE = new MatchingWork(List.of(), List.of());

  /**
   * @param prompts true for a visitor who reads names that are made from prompts
   */
  static MatchingWork of(WorkQuery query, FleetSnapshot fleet, long now, boolean prompts) {
    Filters filters = new Filters(query, fleet, fleet.search(), now, prompts);
    return query.state().claimed()
        ? new MatchingWork(filters.claims(), List.of())
        : new MatchingWork(List.of(), filters.unclaimed());
  }

  int size() {
    return claims.size() + unclaimed.size();
  }

  List<String> ids() {
    return claims.isEmpty()
        ? unclaimed.stream().map(Session::id).toList()
        : claims.stream().map(Claim::id).toList();
  }

  private record Filters(
      WorkQuery query, FleetSnapshot fleet, FleetSearch search, long now, boolean prompts) {

    List<Claim> claims() {
      boolean stopping = query.state() == WorkState.STOPPING;
      return fleet.claims().all().stream()
          .filter(claim -> claim.state().terminal() == stopping)
          .filter(all(this::ofClaim))
          .sorted(query.sort().order())
          .toList();
    }

    List<Session> unclaimed() {
      WorkState state = query.state();
      Stream<Session> matching =
          state.in(fleet.unclaimed()).sessions().stream()
              .filter(session -> state.lists(session.place()))
              .filter(all(this::ofUnclaimed));
      return (state.waits() ? matching.sorted(state.order()) : matching).toList();
    }

    private <T> Predicate<T> all(BiFunction<WorkFilter, String, Predicate<T>> test) {
      return query.filters().entrySet().stream()
          .map(filter -> test.apply(filter.getKey(), filter.getValue()))
          .reduce(any -> true, Predicate::and);
    }

    private Predicate<Claim> ofClaim(WorkFilter filter, String value) {
      return switch (filter) {
        case HEALTH -> claim -> SessionHealth.of(claim, now) == query.health();
        case CAPABILITY -> {
          Set<String> able = able(value);
          yield claim -> able.contains(claim.owner());
        }
        case COST -> {
          long least = WorkFilter.microUsd(value);
          yield claim -> claim.costMicroUsd() >= least;
        }
        case OLDER -> {
          long least = WorkFilter.ms(value);
          yield claim -> now - claim.claimedAtMs() >= least;
        }
        case Q, PROJECT, RESULT, HOST, MODEL, ISSUE, SORT -> {
          Predicate<FleetSearch.Item> test = ofAny(filter, value);
          yield claim -> test.test(search.item(claim));
        }
      };
    }

    private Predicate<Session> ofUnclaimed(WorkFilter filter, String value) {
      if (filter == WorkFilter.RESULT) {
        return session -> session.state().wire().equals(value);
      }
      Predicate<FleetSearch.Item> test = ofAny(filter, value);
      return session -> test.test(search.item(session));
    }

    /** Filters of all work in memory. */
    private Predicate<FleetSearch.Item> ofAny(WorkFilter filter, String value) {
      return switch (filter) {
        case Q -> FleetSearch.matching(value, prompts);
        case PROJECT -> item -> item.project().equals(value);
        case HOST -> item -> item.hosts().contains(value);
        case MODEL -> item -> value.equalsIgnoreCase(item.subject().model());
        case ISSUE -> item -> isOf(item.issue(), value);
        case HEALTH, RESULT, CAPABILITY, COST, OLDER, SORT -> item -> true;
      };
    }

    private static boolean isOf(@Nullable String issue, String value) {
      return issue != null && IssueIdentifiers.same(issue, value);
    }

    private Set<String> able(String capability) {
      Set<String> able = new HashSet<>();
      for (Worker worker : fleet.workers()) {
        if (worker.registration().capabilities().contains(capability)) {
          able.add(worker.registration().workerId());
        }
      }
      return able;
    }
  }
}
