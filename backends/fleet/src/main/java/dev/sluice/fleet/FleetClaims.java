package dev.sluice.fleet;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All claims of an org, and by health those that are not being stopped.
 *
 * @param countedAtMs epoch ms
 * @param notAccepted pending accepts
 * @param all longest claimed first, at most {@link #MOST_KEPT}
 * @param headlines of {@code all}, by id, as far as known
 * @param held numbers of all claims by project and worker
 */
public record FleetClaims(
    long countedAtMs,
    long notAccepted,
    Map<SessionHealth, Group> groups,
    List<Claim> all,
    Map<String, Headline> headlines,
    List<Held> held) {

  /** A claim takes about 400 bytes, its headline as much. */
  public static final int MOST_KEPT = 10_000;

  public static final int MOST_LISTED = 200;

  private static final Group NONE = new Group(0, List.of());

  public FleetClaims {
    groups = Map.copyOf(groups);
    all = List.copyOf(all);
    headlines = Map.copyOf(headlines);
    held = List.copyOf(held);
  }

  /**
   * The claims of a worker in a project.
   *
   * @param starting not accepted yet
   * @param running accepted, or being stopped
   */
  public record Held(String project, String workerId, int starting, int running) {

    static List<Held> in(Collection<Claim> claims) {
      Map<String, Map<String, Held>> held = new HashMap<>();
      for (Claim claim : claims) {
        boolean starts = claim.acceptByMs() != 0 && !claim.state().terminal();
        Held one = new Held(claim.project(), claim.owner(), starts ? 1 : 0, starts ? 0 : 1);
        held.computeIfAbsent(claim.project(), project -> new HashMap<>())
            .merge(claim.owner(), one, Held::and);
      }
      return held.values().stream().flatMap(workers -> workers.values().stream()).toList();
    }

    Held and(Held other) {
      return new Held(project, workerId, starting + other.starting, running + other.running);
    }
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
        now,
        notAccepted,
        groups,
        claims.stream().limit(MOST_KEPT).toList(),
        Map.of(),
        Held.in(claims));
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
    return new FleetClaims(countedAtMs, notAccepted, groups, all, names, held);
  }

  public Group faring(SessionHealth health) {
    return groups.getOrDefault(health, NONE);
  }
}
