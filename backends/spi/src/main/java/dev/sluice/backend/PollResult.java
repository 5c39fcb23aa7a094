package dev.sluice.backend;

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
 */
public record PollResult(
    List<ClaimedWork> work,
    List<Message> messages,
    List<BatchOffer> batch,
    Dialect dialect,
    List<String> capabilities) {

  public PollResult {
    work = List.copyOf(work);
    messages = List.copyOf(messages);
    batch = List.copyOf(batch);
    capabilities = List.copyOf(capabilities);
  }
}
