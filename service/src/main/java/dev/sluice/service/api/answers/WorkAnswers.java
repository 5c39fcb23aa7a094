package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.errors.ApiError;
import dev.sluice.service.errors.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

public final class WorkAnswers {

  private WorkAnswers() {}

  /** A refused item has no state but an error, and in a bulk its own status. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      @Nullable String sessionId,
      @Nullable String state,
      @Nullable Integer position,
      @Nullable Boolean duplicate,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String message,
      @Nullable ErrorCode code,
      @Nullable String field) {

    public static Item of(Enqueued enqueued) {
      return new Item(
          enqueued.sessionId(),
          enqueued.state().wire(),
          orNull(enqueued.position()),
          enqueued.duplicate() ? true : null,
          null,
          null,
          null,
          null,
          null);
    }

    public static Item refused(@Nullable String sessionId, int status, ApiError why) {
      return new Item(
          sessionId, null, null, null, status, why.error(), why.message(), why.code(), why.field());
    }
  }

  public record Bulk(List<Item> results) {}

  /**
   * An item without its content, which may hold secrets. Times are epoch ms.
   *
   * @param position in its project's waiting work, if known
   * @param unreadable see {@link ItemMembers#unreadable}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Work(
      String sessionId,
      String issueId,
      String issueIdentifier,
      @JsonUnwrapped WorkTitle title,
      String project,
      String place,
      String state,
      @Nullable Integer position,
      @Nullable List<Reason> waits,
      @Nullable Reason dead,
      @Nullable RawJson failureMode,
      @Nullable String unreadable,
      int priority,
      long queuedAt,
      @Nullable Long notBefore,
      @Nullable Long deadline,
      @Nullable String workerId,
      int attempts,
      int nacks,
      long createdAt,
      long updatedAt,
      @Nullable Long endedAt,
      @Nullable SortedMap<String, RawJson> result) {

    /**
     * @param prompts true for a reader of titles that are made from prompts
     */
    public static Work of(Session session, boolean prompts) {
      return of(session, prompts, null, null);
    }

    public static Work of(
        Session session,
        boolean prompts,
        @Nullable List<WaitReason> waits,
        @Nullable String unreadable) {
      SortedMap<String, RawJson> fields = new TreeMap<>();
      session.fields().forEach((name, json) -> fields.put(name, new RawJson(json)));
      boolean ended = session.endedAtMs() != 0;
      return new Work(
          session.id(),
          session.issueId(),
          session.issueIdentifier(),
          WorkTitle.of(session, prompts),
          session.project(),
          session.place().wire(),
          session.state().wire(),
          orNull(session.position()),
          session.place().waits() && waits != null ? waits.stream().map(Reason::of).toList() : null,
          Reason.ofNullable(session.dead()),
          RawJson.ofNullable(session.fields().get(Failure.FIELD)),
          unreadable,
          session.priority(),
          session.queuedAtMs(),
          orNull(session.notBeforeMs()),
          orNull(session.deadlineMs()),
          session.owner(),
          session.attempts(),
          session.nacks(),
          session.createdAtMs(),
          session.updatedAtMs(),
          orNull(session.endedAtMs()),
          ended ? fields : null);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WorkList(List<Work> work, @Nullable String nextCursor) {

    public static WorkList of(List<Session> page, @Nullable String next, boolean prompts) {
      return new WorkList(page.stream().map(session -> Work.of(session, prompts)).toList(), next);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeadList(List<Work> dead, @Nullable String nextCursor) {

    public static DeadList of(List<Session> page, @Nullable String next, boolean prompts) {
      return new DeadList(page.stream().map(session -> Work.of(session, prompts)).toList(), next);
    }
  }

  public record Discarded(boolean discarded, String sessionId) {}

  public record Reason(String kind, String reason) {

    static Reason of(WaitReason reason) {
      return new Reason(reason.kind().wire(), reason.words());
    }

    static @Nullable Reason ofNullable(@Nullable DeadReason reason) {
      return reason == null ? null : new Reason(reason.wire(), reason.words());
    }
  }

  private static @Nullable Integer orNull(int position) {
    return position == 0 ? null : position;
  }

  private static @Nullable Long orNull(long time) {
    return time == 0 ? null : time;
  }
}
