package dev.sluice.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.Message;
import dev.sluice.backend.PollResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a poll, as the published page has it, protocol 3.5.
 *
 * @param work the items claimed, each as the producer sent it
 * @param inboxMessages session id to messages; an object even when empty
 * @param hasInboxMessages whether it isn't empty
 * @param preClaimed whether {@code work} holds anything: all of it is claimed, none needs a call
 * @param claimedSessionIds ids of the items in {@code work}
 * @param claims session id to fencing token and accept deadline
 * @param gitCredentials callers with a runtime token only
 * @param batchWork the same, where the worker registered {@value #BATCH_CAPABILITY}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollAnswer(
    List<RawJson> work,
    Map<String, List<InboxMessage>> inboxMessages,
    boolean hasInboxMessages,
    boolean preClaimed,
    List<String> claimedSessionIds,
    Map<String, ClaimInfo> claims,
    @Nullable List<RawJson> gitCredentials,
    @Nullable List<RawJson> batchWork) {

  private static final String BATCH_CAPABILITY = "code-survival-scan";

  /** A claim; {@code token} may be sent as {@code X-Sluice-Claim}, {@code acceptBy} is epoch ms. */
  public record ClaimInfo(long token, long acceptBy) {}

  /** Protocol 6.1. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InboxMessage(
      String id,
      String type,
      String sessionId,
      String payload,
      @Nullable String userId,
      @Nullable String userName,
      long createdAt,
      String lane) {

    static InboxMessage of(Message message) {
      return new InboxMessage(
          message.id(),
          message.type().wire(),
          message.sessionId(),
          message.payload(),
          message.userId(),
          message.userName(),
          message.createdAtMs(),
          message.lane().wire());
    }
  }

  /**
   * What a poll brought, in the shape of the wire.
   *
   * @param runtimeToken whether the caller came with one
   */
  public static PollAnswer of(PollResult result, boolean runtimeToken) {
    List<RawJson> work = new ArrayList<>(result.work().size());
    List<String> ids = new ArrayList<>(result.work().size());
    Map<String, ClaimInfo> claims = new LinkedHashMap<>();
    for (ClaimedWork item : result.work()) {
      work.add(new RawJson(item.item()));
      ids.add(item.sessionId());
      claims.put(item.sessionId(), new ClaimInfo(item.token(), item.acceptByMs()));
    }
    Map<String, List<InboxMessage>> messages = new LinkedHashMap<>();
    for (Message message : result.messages()) {
      messages
          .computeIfAbsent(message.sessionId(), session -> new ArrayList<>())
          .add(InboxMessage.of(message));
    }
    return new PollAnswer(
        work,
        messages,
        !messages.isEmpty(),
        !work.isEmpty(),
        ids,
        claims,
        runtimeToken ? List.of() : null,
        runtimeToken && result.capabilities().contains(BATCH_CAPABILITY) ? List.of() : null);
  }
}
