package dev.sluice.admin.hosts;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.HostButtons;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.workers.WorkerRow;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.Host;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.WorkerStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param slots busy and total of workers that are there
 * @param filled percent
 * @param versions null if none is reported
 * @param mixed true if versions differ
 * @param notice what is left of a drain; null if none of its workers drains
 */
public record HostRow(
    Ref host,
    Badge badge,
    String workers,
    String slots,
    int filled,
    String sessions,
    @Nullable String versions,
    boolean mixed,
    @Nullable TimeText lastSeen,
    @Nullable Left notice,
    ActButton.Menu acts) {

  private static final int MOST_VERSIONS = 3;

  public record Left(String tone, String words) {}

  static HostRow of(Host host, FleetSnapshot fleet, Visit visit) {
    List<Worker> there =
        host.workers().stream().filter(worker -> !isGone(fleet.stateOf(worker))).toList();
    long slots = there.stream().mapToLong(each -> each.registration().capacity()).sum();
    long busy = there.stream().mapToLong(Worker::busySlots).sum();
    List<String> versions = versions(there.isEmpty() ? host.workers() : there);
    return new HostRow(
        new Ref(host.name(), visit.links().host(host.name())),
        badge(host, fleet),
        Formats.count(host.workers().size()),
        Formats.count(busy) + " / " + Formats.count(slots),
        (int) Math.min(100, 100L * busy / Math.max(1, slots)),
        Formats.count(host.sessions()),
        versions.isEmpty() ? null : shown(versions),
        versions.size() > 1,
        TimeText.of(
            host.workers().stream().mapToLong(Worker::lastSeenMs).max().orElse(0), visit.now()),
        left(host),
        visit.may(VisitorRole.OPERATOR)
            ? HostButtons.of(host, visit.links())
            : ActButton.Menu.NONE);
  }

  /** True if none of its workers gets work again without registering. */
  static boolean isGone(Host host, FleetSnapshot fleet) {
    return host.workers().stream().map(fleet::stateOf).allMatch(HostRow::isGone);
  }

  private static boolean isGone(WorkerStatus state) {
    return state == WorkerStatus.SILENT
        || state == WorkerStatus.REPLACED
        || state == WorkerStatus.REVOKED;
  }

  /** Its drain, else the worst state among its workers. */
  private static Badge badge(Host host, FleetSnapshot fleet) {
    if (isGone(host, fleet)) {
      return Badge.of(WorkerStatus.SILENT);
    }
    if (host.draining() > 0) {
      return host.safeToReboot()
          ? new Badge(Badge.DONE, "safe to reboot")
          : new Badge(
              Badge.HELD,
              host.draining() == host.workersInUse()
                  ? "draining"
                  : host.draining() + " of " + host.workersInUse() + " draining");
    }
    return Arrays.stream(WorkerStatus.values())
        .filter(state -> state != WorkerStatus.REVOKED && state != WorkerStatus.REPLACED)
        .filter(state -> count(host, fleet, state) > 0)
        .findFirst()
        .map(state -> badge(state, count(host, fleet, state), host.workersInUse()))
        .orElseThrow();
  }

  private static Badge badge(WorkerStatus state, long there, long all) {
    Badge badge = Badge.of(state);
    return there == all
        ? badge
        : new Badge(
            badge.tone().equals(Badge.FAIL) ? Badge.WAIT : badge.tone(),
            there + " of " + all + " " + badge.word());
  }

  private static long count(Host host, FleetSnapshot fleet, WorkerStatus state) {
    return host.workers().stream().filter(worker -> fleet.stateOf(worker) == state).count();
  }

  private static List<String> versions(List<Worker> workers) {
    return workers.stream()
        .map(worker -> WorkerRow.version(worker.registration()))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static String shown(List<String> versions) {
    int more = versions.size() - MOST_VERSIONS;
    return String.join(", ", versions.subList(0, Math.min(MOST_VERSIONS, versions.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  static @Nullable Left left(Host host) {
    if (host.draining() == 0) {
      return null;
    }
    if (host.safeToReboot()) {
      return new Left(
          Badge.DONE,
          "Safe to reboot: "
              + (host.workersInUse() == 1
                  ? "its worker is drained and holds no session."
                  : "all " + host.workersInUse() + " workers are drained and hold no session."));
    }
    String left = Formats.count(host.sessions(), "session") + " left.";
    return new Left(
        Badge.HELD,
        host.draining() == host.workersInUse()
            ? "Draining: " + left
            : host.draining()
                + " of "
                + Formats.count(host.workersInUse(), "worker")
                + (host.draining() == 1 ? " drains: " : " drain: ")
                + left);
  }
}
