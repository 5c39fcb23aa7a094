package dev.sluice.backend;

import java.util.List;

/**
 * What a poll brings.
 *
 * @param work items claimed for the worker in this poll, in the order of hand-out
 * @param messages messages offered to its active sessions, by session; each session's urgent ones
 *     first, then by age. Sessions claimed in this very poll wait for the next.
 * @param dialect how the worker speaks
 * @param capabilities what it registered
 */
public record PollResult(
    List<ClaimedWork> work, List<Message> messages, Dialect dialect, List<String> capabilities) {

  public PollResult {
    work = List.copyOf(work);
    messages = List.copyOf(messages);
    capabilities = List.copyOf(capabilities);
  }
}
