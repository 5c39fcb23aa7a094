package dev.sluice.backend.workers;

import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.BatchOffer;
import java.util.List;

/**
 * What a poll brings.
 *
 * @param work items claimed for the worker in this poll, in the order of hand-out
 * @param messages messages offered to its active sessions, by session; each session's urgent ones
 *     first, then by age. Sessions claimed in this very poll wait for the next. None for {@link
 *     Dialect#GO_DAEMON}, which gets them by {@link Sessions#refresh}.
 * @param batch jobs offered from the {@link BatchLane}, the oldest first
 * @param dialect how the worker speaks
 * @param capabilities what it registered
 * @param takes whose work it takes, see {@link Registration#takes}
 * @param mayTake whether another poll of it may bring work as things stand now: it has a free slot,
 *     and is available ({@code docs/rules.md}). For whoever waits for work on its behalf; the next
 *     poll alone decides
 * @param more whether any work of its org is left in order, ready or returned, for whomever and
 *     behind whatever pause; as of this poll, what it claimed left out
 */
public record PollResult(
    List<ClaimedWork> work,
    List<Message> messages,
    List<BatchOffer> batch,
    Dialect dialect,
    List<String> capabilities,
    List<String> takes,
    boolean mayTake,
    boolean more) {

  public PollResult {
    work = List.copyOf(work);
    messages = List.copyOf(messages);
    batch = List.copyOf(batch);
    capabilities = List.copyOf(capabilities);
    takes = List.copyOf(takes);
  }
}
