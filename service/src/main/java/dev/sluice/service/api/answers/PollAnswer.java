package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.service.api.ClaimAttempt;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.items.WorkItems;
import dev.sluice.service.gitcredentials.GitCredential;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a poll.
 *
 * @param work the claimed items as their producers sent them; with aliases for the Go daemon
 * @param claimAttempts only for workers with {@link ClaimAttempt#CONTRACT} that get work
 * @param gitCredentials only for callers with a runtime token
 * @param batchWork jobs of the batch lane, for runtime tokens of workers with {@link
 *     BatchLane#CAPABILITY}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollAnswer(
    List<RawJson> work,
    Map<String, List<InboxMessage>> inboxMessages,
    boolean hasInboxMessages,
    boolean preClaimed,
    List<String> claimedSessionIds,
    Map<String, ClaimInfo> claims,
    @Nullable Map<String, ClaimAttempt> claimAttempts,
    @Nullable List<Credential> gitCredentials,
    @Nullable List<RawJson> batchWork,
    @JsonProperty("work_items") @Nullable List<SnakeCaseItem> workItems) {

  /**
   * A claim. {@code token} may be sent as {@code X-Sluice-Claim}; {@code acceptBy} is epoch ms, 0
   * after acceptance.
   */
  public record ClaimInfo(long token, long acceptBy) {

    /** Returns the claim of a worker, also after the session's end. */
    public static @Nullable ClaimInfo of(Session session, String workerId) {
      return workerId.equals(session.owner())
          ? new ClaimInfo(session.token(), session.acceptByMs())
          : null;
    }
  }

  /** {@code createdAt} is {@code queuedAt} as RFC 3339. */
  public record SnakeCaseItem(
      String id, String type, RawJson payload, @JsonProperty("created_at") String createdAt) {

    private static final String START = "session.start";

    static SnakeCaseItem of(PolledItem item) {
      // Every item has it: what the producer left open was filled in.
      Long queuedAt =
          item.body().integer("must be a number", 0, Long.MAX_VALUE, WorkItems.QUEUED_AT);
      return new SnakeCaseItem(
          item.sessionId(),
          START,
          new RawJson(item.work().item()),
          Instant.ofEpochMilli(Objects.requireNonNull(queuedAt)).toString());
    }
  }

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

  /** A git credential; {@code expiresAt} is ISO-8601. */
  public record Credential(String token, String cloneUrl, String expiresAt) {

    static Credential of(GitCredential credential) {
      return new Credential(
          credential.token(), credential.cloneUrl(), credential.expiresAt().toString());
    }

    @Override
    public String toString() {
      return "Credential[" + cloneUrl + " until " + expiresAt + "]";
    }
  }

  /**
   * {@code credentials} is null for a caller without a runtime token.
   *
   * @param attempt derives the token of an attempt from session and claim
   */
  public static PollAnswer of(
      PollResult result,
      List<PolledItem> items,
      @Nullable List<GitCredential> credentials,
      BiFunction<String, Long, String> attempt) {
    boolean runtimeToken = credentials != null;
    List<RawJson> work = new ArrayList<>(result.work().size());
    List<String> ids = new ArrayList<>(result.work().size());
    Map<String, ClaimInfo> claims = new LinkedHashMap<>();
    for (PolledItem item : items) {
      ClaimedWork claimed = item.work();
      work.add(
          new RawJson(
              result.dialect() == Dialect.GO_DAEMON
                  ? GoDaemonItems.withAliases(item)
                  : claimed.item()));
      ids.add(item.sessionId());
      claims.put(item.sessionId(), new ClaimInfo(claimed.token(), claimed.acceptByMs()));
    }
    Map<String, ClaimAttempt> attempts = new LinkedHashMap<>();
    if (result.capabilities().contains(ClaimAttempt.CONTRACT)) {
      claims.forEach(
          (id, claim) -> attempts.put(id, new ClaimAttempt(id, attempt.apply(id, claim.token()))));
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
        attempts.isEmpty() ? null : attempts,
        credentials == null ? null : credentials.stream().map(Credential::of).toList(),
        runtimeToken && result.capabilities().contains(BatchLane.CAPABILITY)
            ? result.batch().stream().map(job -> new RawJson(job.item())).toList()
            : null,
        result.dialect() == Dialect.SNAKE_CASE
            ? items.stream().map(SnakeCaseItem::of).toList()
            : null);
  }
}
