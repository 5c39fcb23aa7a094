package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers to a worker that tells of its session. {@code claim} is there where it owns it. No
 * tracker is behind this server: what clients wait to hear of one is answered so that they neither
 * warn nor try again.
 */
public final class ActivityAnswers {

  private static final String NO_TRACKER =
      "No tracker is connected; the error is kept among the session's activities";

  private ActivityAnswers() {}

  /** Protocol 4.10. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progressed(boolean posted, @Nullable String milestone, @Nullable ClaimInfo claim) {}

  /**
   * Protocol 4.11.
   *
   * @param forwarded that it was taken and kept, which is as far as it goes
   * @param linearSessionId the session
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forwarded(boolean forwarded, String linearSessionId, @Nullable ClaimInfo claim) {}

  /** Protocol 4.12: a summary is one part, whatever its length. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Completed(
      int posted, int partsPosted, int totalParts, List<String> errors, @Nullable ClaimInfo claim) {

    public static Completed of(@Nullable ClaimInfo claim) {
      return new Completed(1, 1, 1, List.of(), claim);
    }
  }

  /** Protocol 4.13: no issue is made of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ToolErrorKept(boolean created, String reason, @Nullable ClaimInfo claim) {

    public static ToolErrorKept of(@Nullable ClaimInfo claim) {
      return new ToolErrorKept(false, NO_TRACKER, claim);
    }
  }

  /**
   * Protocol 4.13.
   *
   * @param updated false where the session has ended, whose record stays as it is
   * @param externalUrls what the record holds now; absent where it holds none
   * @param reason why not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Linked(
      boolean updated,
      @Nullable RawJson externalUrls,
      @Nullable String reason,
      @Nullable ClaimInfo claim) {}

  /** Protocol 4.13. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scanned(boolean stored, @Nullable ClaimInfo claim) {}
}
