package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Answers about inboxes and returned work. */
public final class InboxAnswers {

  private InboxAnswers() {}

  /**
   * A message accepted. A stop of a session that no worker holds needs no message and has no id.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sent(@Nullable String id, String lane) {}

  /**
   * Protocol 4.5: true also for a message that is unknown or acknowledged already; {@code claim}
   * where the call named its worker, which owns the session.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Acknowledged(boolean acknowledged, PollAnswer.@Nullable ClaimInfo claim) {}

  /** Protocol 4.6: {@code requeued} is false where it had been returned before. */
  public record Nacked(boolean nacked, String sessionId, boolean requeued) {}
}
