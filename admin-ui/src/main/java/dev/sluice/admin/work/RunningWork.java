package dev.sluice.admin.work;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Filters and sorts the claims of a snapshot. */
record RunningWork(WorkQuery query, FleetSnapshot fleet, long now) {

  List<Claim> matching() {
    List<Predicate<Claim>> tests = new ArrayList<>();
    tests.add(claim -> claim.state().terminal() == (query.state() == WorkState.STOPPING));
    query.filters().forEach((filter, value) -> tests.add(test(filter, value)));
    return fleet.claims().all().stream()
        .filter(claim -> tests.stream().allMatch(test -> test.test(claim)))
        .sorted(query.sort().order())
        .toList();
  }

  private Predicate<Claim> test(WorkFilter filter, String value) {
    return switch (filter) {
      case PROJECT -> claim -> claim.project().equals(value);
      case HEALTH -> claim -> SessionHealth.of(claim, now) == query.health();
      case HOST -> claim -> value.equals(fleet.host(claim.owner()));
      case MODEL -> claim -> value.equalsIgnoreCase(model(fleet.headline(claim.id())));
      case ISSUE -> claim -> value.equalsIgnoreCase(issue(fleet.headline(claim.id())));
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
      case Q -> fleet.search().matching(value);
      case SORT -> claim -> true;
    };
  }

  private static @Nullable String model(@Nullable Headline headline) {
    return headline == null ? null : headline.subject().model();
  }

  private static @Nullable String issue(@Nullable Headline headline) {
    return headline == null ? null : headline.issueIdentifier();
  }

  private Set<String> able(String capability) {
    Set<String> able = new HashSet<>();
    for (Worker worker : fleet.workers()) {
      if (worker.registration().namedCapabilities().contains(capability)) {
        able.add(worker.registration().workerId());
      }
    }
    return able;
  }
}
