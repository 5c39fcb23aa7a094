package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * There is no issue tracker; the answers satisfy clients that expect one, so that they neither warn
 * nor retry.
 */
public final class ActivityAnswers {

  private static final String NO_TRACKER =
      "No tracker is connected; the error is kept among the session's activities";

  private ActivityAnswers() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progressed(boolean posted, @Nullable String milestone, @Nullable ClaimInfo claim) {}

  /** The answer to an activity. {@code forwarded} means stored. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forwarded(boolean forwarded, String linearSessionId, @Nullable ClaimInfo claim) {}

  /** The answer to a completion. A summary counts as one part. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Completed(
      int posted, int partsPosted, int totalParts, List<String> errors, @Nullable ClaimInfo claim) {

    public static Completed of(@Nullable ClaimInfo claim) {
      return new Completed(1, 1, 1, List.of(), claim);
    }
  }

  /** The answer to a tool error. No issue is created. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ToolErrorKept(boolean created, String reason, @Nullable ClaimInfo claim) {

    public static ToolErrorKept of(@Nullable ClaimInfo claim) {
      return new ToolErrorKept(false, NO_TRACKER, claim);
    }
  }

  /** The answer to links. {@code updated} is false after the session's end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Linked(
      boolean updated,
      @Nullable RawJson externalUrls,
      @Nullable String reason,
      @Nullable ClaimInfo claim) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scanned(boolean stored, @Nullable ClaimInfo claim) {}
}
