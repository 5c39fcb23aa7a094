package dev.sluice.backend.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.work.BatchOffer;
import java.util.List;

/**
 * @param work in the order of hand-out
 * @param messages by session, urgent ones first, then by age. None for sessions claimed in this
 *     poll, and none for {@link Dialect#GO_DAEMON}
 * @param batch the oldest first
 * @param takes see {@link Projects#taking}
 * @param freeSlots that another poll may fill; 0 if the worker is not available
 * @param more true if the org has ready or returned work left, for any worker, even behind a pause
 */
public record PollResult(
    List<ClaimedWork> work,
    List<Message> messages,
    List<BatchOffer> batch,
    Dialect dialect,
    List<String> capabilities,
    List<String> repositories,
    Projects takes,
    int freeSlots,
    boolean more) {

  /** About the maximum bytes of work, messages and jobs as JSON; what doesn't fit comes later. */
  public static final int MAX_BYTES = Page.MAX_BYTES;

  /** The part for work; a larger item is alone in its answer. */
  public static final int MAX_WORK_BYTES = MAX_BYTES / 2;

  /** The part for jobs. */
  public static final int MAX_JOB_BYTES = MAX_BYTES / 8;

  /** The most copies of an item in an answer: some clients get members, or all of it, twice. */
  public static int copies(Dialect dialect) {
    return dialect == Dialect.STANDARD ? 1 : 2;
  }

  public PollResult {
    work = List.copyOf(work);
    messages = List.copyOf(messages);
    batch = List.copyOf(batch);
    capabilities = List.copyOf(capabilities);
    repositories = List.copyOf(repositories);
  }
}
