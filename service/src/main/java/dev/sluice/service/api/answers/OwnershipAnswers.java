package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import org.jspecify.annotations.Nullable;

public final class OwnershipAnswers {

  private OwnershipAnswers() {}

  /**
   * The answer to a claim by name. {@code work} is the item as its producer sent it; absent if the
   * store has lost it.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Claimed(
      boolean claimed,
      @Nullable SessionObject session,
      @Nullable RawJson work,
      @Nullable ClaimInfo claim,
      @Nullable String reason) {

    public static Claimed of(String org, String workerId, ClaimResult result) {
      if (result.denial() != null) {
        return denied(result.denial().words());
      }
      Session session = result.session();
      return new Claimed(
          true,
          SessionObject.of(org, session),
          session.item().isEmpty() ? null : new RawJson(session.item()),
          ClaimInfo.of(session, workerId),
          null);
    }

    public static Claimed denied(String reason) {
      return new Claimed(false, null, null, null, reason);
    }
  }

  /** The answer to a transfer. {@code claim} is the new worker's. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Transferred(
      boolean transferred,
      @Nullable SessionObject session,
      @Nullable ClaimInfo claim,
      @Nullable String reason) {

    public static Transferred of(String org, String workerId, Session session) {
      return new Transferred(
          true, SessionObject.of(org, session), ClaimInfo.of(session, workerId), null);
    }

    public static Transferred denied(String reason) {
      return new Transferred(false, null, null, reason);
    }
  }

  /** The answer to a lock-refresh. {@code refreshed} is true for the owner. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Refreshed(
      boolean refreshed, boolean stop, @Nullable Inject inject, @Nullable ClaimInfo claim) {

    public static Refreshed of(String workerId, LockState state) {
      return new Refreshed(
          true,
          state.stop(),
          state.inject() == null ? null : Inject.of(state.inject()),
          ClaimInfo.of(state.session(), workerId));
    }

    public static Refreshed lost() {
      return new Refreshed(false, false, null, null);
    }
  }

  /** A message for a Go daemon: docs/protocol.md, "Lock-refresh". */
  public record Inject(String deliveryId, String text, String kind, String turnId) {

    static Inject of(Message message) {
      return new Inject(
          message.id(),
          message.payload(),
          message.type() == MessageType.DIRECTIVE ? "user" : "memory",
          message.id());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Noted(boolean ok, @Nullable ClaimInfo claim) {

    public static Noted of(String workerId, Session session) {
      return new Noted(true, ClaimInfo.of(session, workerId));
    }
  }
}
