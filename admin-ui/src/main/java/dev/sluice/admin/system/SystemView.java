package dev.sluice.admin.system;

import dev.sluice.admin.ServerFacts;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.Rules;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.fleet.FleetSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param layoutInForce with what an upgrade waits for; empty if the store doesn't answer
 * @param used part of each limit
 * @param orgs empty unless the visitor may see every org
 */
public record SystemView(
    Badge badge,
    List<String> problems,
    List<String> warnings,
    List<Fact> store,
    String layoutInForce,
    Rows<Node> nodes,
    List<Fact> used,
    List<Fact> rules,
    Rows<Ref> orgs,
    ActButton.Menu acts) {

  private static final long LATE_MS = 30_000;

  public record Node(String name, String release, int layout, @Nullable TimeText lastSeen) {}

  /** {@code nodes} is null if the store doesn't answer. */
  public static SystemView of(
      @Nullable FleetSnapshot fleet,
      boolean away,
      ServerFacts server,
      Rules rules,
      @Nullable StoreNodes nodes,
      List<Ref> orgs,
      ActButton.Menu acts,
      long now) {
    return new SystemView(
        badge(fleet, away),
        fleet == null ? List.of() : fleet.health().problems(),
        warnings(fleet, now - server.lastSweepMs().getAsLong()),
        new Fact.Facts()
            .text("Store", server.backend())
            .text("Time to read the fleet", fleet == null ? null : fleet.readMs() + " ms")
            .time("Last sweep", TimeText.of(server.lastSweepMs().getAsLong(), now))
            .text("Build", server.version())
            .text("Java", Runtime.version().toString())
            .list(),
        nodes == null ? "" : layout(nodes),
        new Rows<>(nodes == null ? List.of() : nodes(nodes, now)),
        fleet == null ? List.of() : used(fleet, rules),
        rules(rules),
        new Rows<>(orgs),
        acts);
  }

  private static Badge badge(@Nullable FleetSnapshot fleet, boolean away) {
    if (away || fleet == null) {
      return new Badge(Badge.FAIL, "away");
    }
    if (!fleet.health().healthy()) {
      return new Badge(Badge.FAIL, "unhealthy");
    }
    return fleet.health().warnings().isEmpty()
        ? new Badge(Badge.DONE, "healthy")
        : new Badge(Badge.WAIT, "warnings");
  }

  private static List<String> warnings(@Nullable FleetSnapshot fleet, long unsweptMs) {
    List<String> warnings = new ArrayList<>(fleet == null ? List.of() : fleet.health().warnings());
    if (unsweptMs > LATE_MS) {
      warnings.add(
          "this node has not swept for "
              + Formats.span(unsweptMs)
              + ": it doesn't return lost work, nor hand out what is due");
    }
    return warnings;
  }

  private static String layout(StoreNodes nodes) {
    String layout = "The stored data has layout " + nodes.layout() + ".";
    long older = nodes.nodes().stream().filter(node -> node.layout() <= nodes.layout()).count();
    if (older == nodes.nodes().size()) {
      return layout;
    }
    return older == 0
        ? layout + " All nodes know a newer one, which is in force soon."
        : layout + " A newer one waits for the end of " + Formats.count(older, "older node") + ".";
  }

  private static List<Node> nodes(StoreNodes nodes, long now) {
    return nodes.nodes().stream()
        .map(
            node ->
                new Node(
                    node.name(),
                    node.release(),
                    node.layout(),
                    TimeText.of(node.lastSeenMs(), now)))
        .toList();
  }

  private static List<Fact> used(FleetSnapshot fleet, Rules rules) {
    long waiting = fleet.counts().waiting();
    String queues = Formats.count(fleet.queues().size()) + (fleet.allQueues() ? "" : " or more");
    return new Fact.Facts()
        .text(
            "Waiting work",
            rules.maxWaiting() == 0
                ? Formats.count(waiting)
                : of(Formats.count(waiting), rules.maxWaiting()))
        .text("Workers", of(Formats.count(fleet.workers().size()), rules.bounds().maxWorkers()))
        .text("Projects", of(queues, rules.bounds().maxProjects()))
        .list();
  }

  private static String of(String used, long most) {
    return used + " of at most " + Formats.count(most);
  }

  private static List<Fact> rules(Rules rules) {
    return new Fact.Facts()
        .text("Worker lease", Formats.limit(rules.leaseMs()))
        .text("Accept deadline", Formats.limit(rules.acceptMs()))
        .text("Accept deadline, Go daemon", Formats.limit(rules.acceptGoDaemonMs()))
        .text("Stop grace", Formats.limit(rules.stopGraceMs()))
        .text("Message visibility time-out", Formats.limit(rules.visibilityMs()))
        .text("Retry delay after a nack", Formats.limit(rules.nackBackoffMs()))
        .text("Items per poll", Formats.count(rules.maxItemsPerPoll()))
        .text("Dead letter after", lost(rules))
        .text("Ended sessions kept", Formats.limit(rules.kept().endedMs()))
        .text("Dead letters kept", Formats.limit(rules.kept().deadMs()))
        .list();
  }

  private static String lost(Rules rules) {
    return Formats.count(rules.tries().maxAttempts(), "lost claim")
        + " or "
        + Formats.count(rules.tries().maxNacks(), "nack");
  }
}
