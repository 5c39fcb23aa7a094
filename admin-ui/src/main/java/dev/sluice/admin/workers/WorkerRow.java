package dev.sluice.admin.workers;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.WorkerStatus;
import org.jspecify.annotations.Nullable;

/**
 * @param filled percent
 */
public record WorkerRow(
    Ref id,
    WorkerName name,
    Badge badge,
    @Nullable String version,
    String slots,
    int filled,
    String takes,
    @Nullable TimeText lastSeen,
    @Nullable TimeText lastPoll) {

  public static WorkerRow of(Worker worker, Links links, long now) {
    Registration said = worker.registration();
    int busy = worker.busySlots();
    return new WorkerRow(
        new Ref(said.workerId(), links.worker(said.workerId())),
        WorkerName.of(said.workerId(), said.hostname(), links),
        Badge.of(WorkerStatus.of(worker, now)),
        version(said),
        Formats.count(busy) + " / " + Formats.count(said.capacity()),
        (int) Math.min(100, 100L * busy / Math.max(1, said.capacity())),
        takes(said, 120),
        TimeText.of(worker.lastSeenMs(), now),
        TimeText.of(worker.lastPollMs(), now));
  }

  public static @Nullable String version(Registration said) {
    String version = JsonText.member(said.details(), "version");
    return version == null ? null : Formats.cut(version, 80);
  }

  static String takes(Registration said, int most) {
    if (said.projects().none()) {
      return "no project";
    }
    return said.projects().all()
        ? "all projects"
        : Formats.cut(String.join(", ", said.projects().names()), most);
  }
}
