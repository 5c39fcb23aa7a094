package dev.sluice.backend.work;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dimensions of execution security and their levels: docs/protocol.md, "Execution security". A
 * worker has a capability {@code dimension>=level} for each level that it reaches, so that work may
 * require one.
 */
public final class SecurityLevels {

  /** The levels of each dimension, the weakest first; the dimensions in the order of a digest. */
  public static final Map<String, List<String>> LADDERS = ladders();

  /** Approval is up to the agent, so no machine attests it. */
  public static final String TOOL_APPROVAL = "toolApproval";

  private static final String AT_LEAST = ">=";

  private SecurityLevels() {}

  public static String capability(String dimension, String level) {
    return dimension + AT_LEAST + level;
  }

  /** True for a capability that a worker has by its levels alone. */
  public static boolean isLevel(String capability) {
    return LADDERS.keySet().stream()
        .anyMatch(dimension -> capability.startsWith(dimension + AT_LEAST));
  }

  /** Returns the place of a level in its ladder, 0 for the weakest; -1 if no machine attests it. */
  public static int rank(String capability) {
    String[] parts = capability.split(AT_LEAST, 2);
    return parts[0].equals(TOOL_APPROVAL)
        ? -1
        : LADDERS.getOrDefault(parts[0], List.of()).indexOf(parts[1]);
  }

  /** Returns the capabilities of a machine that reaches a level; none for the weakest. */
  public static List<String> upTo(String dimension, String level) {
    List<String> ladder = requireNonNull(LADDERS.get(dimension));
    return ladder.subList(1, ladder.indexOf(level) + 1).stream()
        .map(reached -> capability(dimension, reached))
        .toList();
  }

  /**
   * Says which level work needs that no worker reaches.
   *
   * @param needed a {@linkplain #isLevel level}
   * @param reached the capabilities of all workers
   */
  public static String shortfall(String needed, Set<String> reached) {
    return shortfall(needed, reached, "the best worker attests ");
  }

  /** Says the same of one worker, "it". */
  public static String shortfallOfOne(String needed, Set<String> reached) {
    return shortfall(needed, reached, "the worker attests ");
  }

  private static String shortfall(String needed, Set<String> reached, String who) {
    String[] parts = needed.split(AT_LEAST, 2);
    List<String> ladder = requireNonNull(LADDERS.get(parts[0]));
    String best =
        ladder.stream()
            .filter(level -> reached.contains(capability(parts[0], level)))
            .reduce(ladder.get(0), (weaker, stronger) -> stronger);
    return "it needs " + parts[0] + " " + parts[1] + ", and " + who + best;
  }

  private static Map<String, List<String>> ladders() {
    Map<String, List<String>> ladders = new LinkedHashMap<>();
    ladders.put(
        TOOL_APPROVAL, List.of("bypass", "deny-list", "allow-list", "human-approval-for-writes"));
    ladders.put("fileRead", List.of("host", "home-minus-secrets", "workarea"));
    ladders.put("fileWrite", List.of("host", "workarea"));
    ladders.put("network", List.of("open", "logged", "allow-list", "none"));
    ladders.put(
        "credentials", List.of("ambient-host-login", "injected-only", "short-lived-scoped"));
    ladders.put("isolation", List.of("host-user", "os-sandbox", "container", "microvm"));
    return Collections.unmodifiableMap(ladders);
  }
}
