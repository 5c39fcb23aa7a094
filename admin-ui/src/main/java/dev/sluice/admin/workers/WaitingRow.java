package dev.sluice.admin.workers;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.fleet.WaitingForWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waiting work, and what keeps a worker from it.
 *
 * @param needs its capabilities and repository; null for none
 */
public record WaitingRow(Ref project, @Nullable String needs, String waiting, String why) {

  private static final int MOST = 10;
  private static final int MOST_CHARS = 300;

  /** The first of them. */
  static Rows<WaitingRow> of(WaitingForWorker waiting, Links links) {
    return new Rows<>(
        waiting.groups().stream()
            .limit(MOST)
            .map(group -> of(group, waiting.closed(), links))
            .toList());
  }

  /** Null if all groups are shown. */
  static @Nullable String more(WaitingForWorker waiting) {
    int more = waiting.groups().size() - MOST;
    return more <= 0 ? null : Formats.count(more, "more group");
  }

  private static WaitingRow of(WaitingForWorker.Group group, boolean closed, Links links) {
    WorkBucket work = group.work();
    String why = group.reasons().stream().map(WaitReason::words).collect(Collectors.joining("; "));
    return new WaitingRow(
        new Ref(work.project(), links.queue(work.project())),
        needs(work),
        Formats.count(work.waiting()),
        closed
            ? "the organisation is closed for a move"
            : why.isEmpty() ? "may get some at its next poll" : Formats.cut(why, MOST_CHARS));
  }

  private static @Nullable String needs(WorkBucket work) {
    List<String> needs = new ArrayList<>(work.capabilities());
    String repository = work.shown();
    if (repository != null) {
      needs.add(repository.equals(WorkBucket.OTHERS) ? "other repositories" : repository);
    }
    return needs.isEmpty() ? null : Formats.cut(String.join(", ", needs), MOST_CHARS);
  }
}
