package dev.sluice.admin.keys;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.FleetSnapshot;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers that registered with a key, latest first.
 *
 * @param page address of the page that shows this alone
 * @param others null if all are listed
 */
public record JoinedView(
    String page, Rows<Joined> workers, @Nullable String others, String allWorkers) {

  private static final int MOST_LISTED = 10;

  /**
   * @param polled null before its first poll
   */
  public record Joined(
      String host, Ref id, @Nullable TimeText registered, @Nullable TimeText polled, String tone) {}

  static JoinedView of(String keyId, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> joined =
        fleet == null
            ? List.of()
            : fleet.workers().stream()
                .filter(worker -> worker.registration().registeredBy().equals(keyId))
                .sorted(Comparator.comparingLong(worker -> -worker.registeredAtMs()))
                .toList();
    int others = joined.size() - MOST_LISTED;
    return new JoinedView(
        visit.links().joined(keyId),
        new Rows<>(joined.stream().limit(MOST_LISTED).map(each -> joined(each, visit)).toList()),
        others > 0 ? Formats.count(others, "more worker") : null,
        visit.links().to(Section.WORKERS.path()));
  }

  private static Joined joined(Worker worker, Visit visit) {
    Registration said = worker.registration();
    TimeText polled = TimeText.of(worker.lastPollMs(), visit.now());
    return new Joined(
        Formats.cut(said.hostname(), 80),
        new Ref(said.workerId(), visit.links().worker(said.workerId())),
        TimeText.of(worker.registeredAtMs(), visit.now()),
        polled,
        polled == null ? "wait" : "done");
  }
}
