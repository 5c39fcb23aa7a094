package dev.sluice.admin.system;

import dev.sluice.admin.ServerFacts;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.backend.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param orgs empty unless the visitor may see every org
 */
public record SystemView(
    Badge badge,
    List<String> problems,
    List<String> warnings,
    List<Fact> store,
    List<Fact> rules,
    Rows<Ref> orgs,
    ActButton.Menu acts) {

  public static SystemView of(
      @Nullable FleetSnapshot fleet,
      boolean away,
      ServerFacts server,
      Rules rules,
      List<Ref> orgs,
      ActButton.Menu acts) {
    return new SystemView(
        badge(fleet, away),
        fleet == null ? List.of() : fleet.health().problems(),
        fleet == null ? List.of() : fleet.health().warnings(),
        new Fact.Facts()
            .text("Store", server.backend())
            .text("Time to read the fleet", fleet == null ? null : fleet.readMs() + " ms")
            .text("Build", server.version())
            .text("Java", Runtime.version().toString())
            .list(),
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

  private static List<Fact> rules(Rules rules) {
    return new Fact.Facts()
        .text("Worker lease", Formats.limit(rules.leaseMs()))
        .text("Accept deadline", Formats.limit(rules.acceptMs()))
        .text("Accept deadline, Go daemon", Formats.limit(rules.acceptGoDaemonMs()))
        .text("Stop grace", Formats.limit(rules.stopGraceMs()))
        .text("Message visibility time-out", Formats.limit(rules.visibilityMs()))
        .text("Back-off after a nack", Formats.limit(rules.nackBackoffMs()))
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
