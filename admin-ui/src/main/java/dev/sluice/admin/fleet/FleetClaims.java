package dev.sluice.admin.fleet;

import dev.sluice.backend.sessions.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All claims of an org as of a moment ago: how many fare how, and which ones, as far as a page
 * lists them.
 *
 * @param countedAtMs when they had been looked over, epoch ms
 * @param notAccepted those that nobody accepted yet
 * @param groups those that fare alike; nothing for a health that none has
 */
public record FleetClaims(long countedAtMs, long notAccepted, Map<SessionHealth, Group> groups) {

  /** Most claims of a group that are kept. */
  public static final int MOST_LISTED = 200;

  private static final Group NONE = new Group(0, List.of());

  public FleetClaims {
    groups = Map.copyOf(groups);
  }

  /**
   * Claims that fare alike.
   *
   * @param count how many
   * @param first the longest claimed of them, at most {@link #MOST_LISTED}
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
   * Of claims, the longest claimed first.
   *
   * @param now epoch ms
   */
  static FleetClaims of(Collection<Claim> claims, long now) {
    Map<SessionHealth, Counting> counting = new EnumMap<>(SessionHealth.class);
    long notAccepted = 0;
    for (Claim claim : claims) {
      counting.computeIfAbsent(SessionHealth.of(claim, now), health -> new Counting()).add(claim);
      notAccepted += claim.acceptByMs() == 0 ? 0 : 1;
    }
    Map<SessionHealth, Group> groups = new EnumMap<>(SessionHealth.class);
    counting.forEach((health, each) -> groups.put(health, new Group(each.count, each.first)));
    return new FleetClaims(now, notAccepted, groups);
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

  /** The same without times, which change with every sign of life: who fares how, and how many. */
  Object essence() {
    Map<SessionHealth, Object> undated = new EnumMap<>(SessionHealth.class);
    groups.forEach((health, group) -> undated.put(health, List.of(group.count(), group.ids())));
    return List.of(notAccepted, undated);
  }

  /** Those that fare so. */
  public Group faring(SessionHealth health) {
    return groups.getOrDefault(health, NONE);
  }
}
