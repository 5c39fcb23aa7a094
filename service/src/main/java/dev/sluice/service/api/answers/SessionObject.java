package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RawJson;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session, with both spellings of its id. Times are epoch ms, but {@code startedAt} is ISO.
 * Members of the worker's reports and of the item are returned unchanged. Those of the item are
 * absent from a row; {@code promptContext} also for callers that may not read it, {@code title} for
 * workers.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@RecordBuilder
public record SessionObject(
    String sessionId,
    String id,
    String linearSessionId,
    String trackerSessionId,
    String issueId,
    String issueIdentifier,
    @JsonUnwrapped @Nullable WorkTitle title,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson providerSessionId,
    @Nullable RawJson worktreePath,
    String status,
    long createdAt,
    long updatedAt,
    @Nullable String workerId,
    long queuedAt,
    @Nullable Long claimedAt,
    @Nullable String startedAt,
    @Nullable Long endedAt,
    int priority,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson promptContext,
    String organizationId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson workType,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson agentId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson projectName,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson provider,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson trackerProvider,
    @Nullable RawJson totalCostUsd,
    @Nullable RawJson inputTokens,
    @Nullable RawJson outputTokens,
    @Nullable RawJson error,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson failureMode,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson executionSecurityRefusal,
    @Nullable RawJson summary,
    @Nullable RawJson externalUrls,
    @Nullable String lastToolName,
    @Nullable Long lastToolCalledAt,
    long toolCallCount,
    int attempts)
    implements SessionObjectBuilder.With {

  /**
   * Stands for a member that the item lacks, which is null on the wire. A member that isn't known
   * at all is null here, and absent there.
   */
  private static final RawJson NONE = new RawJson("null");

  static final String EXTERNAL_URLS = "externalUrls";

  public static SessionObject of(String org, Session session) {
    // Where the store has lost it the session is dead, and must still be seen.
    return of(org, session, JsonBody.parse(session.item().isEmpty() ? "{}" : session.item()));
  }

  /** Makes the object of a session that was read without its item. */
  public static SessionObject ofRow(String org, Session session) {
    return of(org, session, null);
  }

  private static SessionObject of(String org, Session session, @Nullable JsonBody item) {
    ToolUse tools = session.tools();
    return new SessionObject(
        session.id(),
        session.id(),
        session.id(),
        session.id(),
        session.issueId(),
        session.issueIdentifier(),
        null,
        reportedOrGiven(session, item, "providerSessionId"),
        reported(session, "worktreePath"),
        session.state().wire(),
        session.createdAtMs(),
        session.updatedAtMs(),
        session.owner(),
        session.queuedAtMs(),
        orNull(session.claimedAtMs()),
        session.startedAtMs() == 0 ? null : Instant.ofEpochMilli(session.startedAtMs()).toString(),
        orNull(session.endedAtMs()),
        session.priority(),
        given(item, "promptContext", "prompt"),
        org,
        given(item, "workType"),
        given(item, "agentId"),
        given(item, "projectName", "projectId"),
        reportedOrGiven(session, item, "provider"),
        given(item, "trackerProvider"),
        reported(session, "totalCostUsd"),
        reported(session, "inputTokens"),
        reported(session, "outputTokens"),
        reported(session, "error"),
        reported(session, "failureMode"),
        reported(session, "executionSecurityRefusal"),
        reported(session, "summary"),
        reported(session, EXTERNAL_URLS),
        tools == null ? null : tools.lastName(),
        tools == null ? null : tools.lastAtMs(),
        tools == null ? 0 : tools.count(),
        session.attempts());
  }

  /**
   * The answer to a report. {@code replay} is true for a repeat under the same {@code attempt},
   * else absent.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reported(
      boolean updated,
      SessionObject session,
      @Nullable Boolean replay,
      PollAnswer.@Nullable ClaimInfo claim) {}

  public record Stopped(boolean stopped, String sessionId, String state, boolean released) {

    public static Stopped of(Session session) {
      return new Stopped(
          session.state() == SessionState.STOPPED,
          session.id(),
          session.state().wire(),
          session.releaseByMs() == 0);
    }
  }

  /** Returns a member of the item for answers that leave out what it lacks. */
  static @Nullable RawJson orAbsent(@Nullable RawJson member) {
    return member == NONE ? null : member;
  }

  public boolean hasPrompt() {
    return promptContext != null && promptContext != NONE;
  }

  public SessionObject withoutPrompt() {
    return withPromptContext(null);
  }

  public SessionObject titled(Session session, Titles titles) {
    return withTitle(titles.of(session));
  }

  private static @Nullable RawJson reported(Session session, String field) {
    return RawJson.ofNullable(session.fields().get(field));
  }

  /** Returns the member under the first of these names that the item has. */
  private static @Nullable RawJson given(@Nullable JsonBody item, String... names) {
    if (item == null) {
      return null;
    }
    for (String name : names) {
      if (item.has(name)) {
        return Objects.requireNonNullElse(RawJson.ofNullable(item.raw(name)), NONE);
      }
    }
    return NONE;
  }

  private static @Nullable RawJson reportedOrGiven(
      Session session, @Nullable JsonBody item, String field) {
    RawJson reported = reported(session, field);
    return reported == null ? given(item, field) : reported;
  }

  private static @Nullable Long orNull(long time) {
    return time == 0 ? null : time;
  }
}
