package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

public final class InboxAnswers {

  private InboxAnswers() {}

  /** A stop of an unclaimed session has no message and no id. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sent(@Nullable String id, String lane) {}

  /** The answer to an acknowledgement: true also for an unknown or acknowledged message. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Acknowledged(boolean acknowledged, PollAnswer.@Nullable ClaimInfo claim) {}

  /** The answer to a nack. {@code requeued} is false if it had been returned before. */
  public record Nacked(boolean nacked, String sessionId, boolean requeued) {}
}
