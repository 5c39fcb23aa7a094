package dev.sluice.fleet;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All claims of an org, and by health those that are not being stopped.
 *
 * @param countedAtMs epoch ms
 * @param notAccepted pending accepts
 * @param all longest claimed first, at most {@link #MOST_KEPT}
 * @param headlines of {@code all}, by id, as far as known
 */
public record FleetClaims(
    long countedAtMs,
    long notAccepted,
    Map<SessionHealth, Group> groups,
    List<Claim> all,
    Map<String, Headline> headlines) {

  /** A claim takes about 400 bytes, its headline as much. */
  public static final int MOST_KEPT = 10_000;

  public static final int MOST_LISTED = 200;

  private static final Group NONE = new Group(0, List.of());

  public FleetClaims {
    groups = Map.copyOf(groups);
    all = List.copyOf(all);
    headlines = Map.copyOf(headlines);
  }

  /**
   * @param first longest claimed first, at most {@link #MOST_LISTED}
   */
  public record Group(long count, List<Claim> first) {

    public Group {
      first = List.copyOf(first);
    }

    private List<String> ids() {
      return first.stream().map(Claim::id).toList();
    }
  }

  /**
   * @param claims longest claimed first
   */
  static FleetClaims of(Collection<Claim> claims, long now) {
    Map<SessionHealth, Counting> counting = new EnumMap<>(SessionHealth.class);
    long notAccepted = 0;
    for (Claim claim : claims) {
      if (!claim.state().terminal()) {
        counting.computeIfAbsent(SessionHealth.of(claim, now), health -> new Counting()).add(claim);
      }
      notAccepted += claim.acceptByMs() == 0 ? 0 : 1;
    }
    Map<SessionHealth, Group> groups = new EnumMap<>(SessionHealth.class);
    counting.forEach((health, each) -> groups.put(health, new Group(each.count, each.first)));
    return new FleetClaims(
        now, notAccepted, groups, claims.stream().limit(MOST_KEPT).toList(), Map.of());
  }

  private static final class Counting {
    private final List<Claim> first = new ArrayList<>();
    private long count;

    void add(Claim claim) {
      count++;
      if (first.size() < MOST_LISTED) {
        first.add(claim);
      }
    }
  }

  Object essence() {
    Map<SessionHealth, Object> undated = new EnumMap<>(SessionHealth.class);
    groups.forEach((health, group) -> undated.put(health, List.of(group.count(), group.ids())));
    List<String> stopping =
        all.stream().filter(claim -> claim.state().terminal()).map(Claim::id).toList();
    return List.of(notAccepted, undated, stopping, headlines.size());
  }

  FleetClaims named(Map<String, Headline> names) {
    return new FleetClaims(countedAtMs, notAccepted, groups, all, names);
  }

  public Group faring(SessionHealth health) {
    return groups.getOrDefault(health, NONE);
  }
}
