package dev.sluice.backend.work;

import dev.sluice.backend.Idempotency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work to enqueue, with members as in {@link dev.sluice.backend.sessions.Session}. Times are epoch
 * ms.
 *
 * @param issueId by default the session id
 * @param project {@link #ANY_PROJECT} is for all workers of the org
 * @param requiredCapabilities sorted by bytes, without repeats
 * @param priority 1..9, lower first
 * @param publicIds at most four, for {@code Sessions.findPublic} while the record is kept; an id
 *     already taken stays with its session
 * @param contentHash recognises repeats
 * @param item JSON to hand out byte for byte
 */
public record NewWork(
    String sessionId,
    String issueId,
    String issueIdentifier,
    String project,
    List<String> requiredCapabilities,
    @Nullable String repository,
    int priority,
    long queuedAtMs,
    long notBeforeMs,
    long deadlineMs,
    List<String> publicIds,
    String contentHash,
    String item,
    Subject subject,
    @Nullable Idempotency idempotency) {

  /** The project of work that names none. */
  public static final String ANY_PROJECT = "default";

  public NewWork {
    requiredCapabilities = List.copyOf(requiredCapabilities);
    publicIds = List.copyOf(publicIds);
  }

  /** Has no repository, subject, public ids and idempotency key. */
  public NewWork(
      String sessionId,
      String issueId,
      String issueIdentifier,
      String project,
      List<String> requiredCapabilities,
      int priority,
      long queuedAtMs,
      long notBeforeMs,
      long deadlineMs,
      String contentHash,
      String item) {
    this(
        sessionId,
        issueId,
        issueIdentifier,
        project,
        requiredCapabilities,
        null,
        priority,
        queuedAtMs,
        notBeforeMs,
        deadlineMs,
        List.of(),
        contentHash,
        item,
        Subject.NONE,
        null);
  }

  public NewWork bearing(@Nullable Idempotency call) {
    return new NewWork(
        sessionId,
        issueId,
        issueIdentifier,
        project,
        requiredCapabilities,
        repository,
        priority,
        queuedAtMs,
        notBeforeMs,
        deadlineMs,
        publicIds,
        contentHash,
        item,
        subject,
        call);
  }

  public long score() {
    return Score.of(priority, queuedAtMs);
  }
}
