package dev.sluice.backend.work;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.sessions.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work to enqueue.
 *
 * @param sessionId the queue key
 * @param issueId the issue it belongs to; defaults to the session id
 * @param issueIdentifier the issue's name for people
 * @param project the project whose workers may take it; {@link #ANY_PROJECT} means all of the org
 * @param requiredCapabilities what a worker must have, sorted by bytes, without repeats
 * @param priority 1..9, lower first
 * @param queuedAtMs enqueue time, epoch ms, the second part of its {@link Score}
 * @param notBeforeMs before when it isn't handed out, epoch ms; 0 for at once
 * @param deadlineMs when it is given up on if it still waits, epoch ms; 0 for never
 * @param publicIds other names under which {@link Sessions#findPublic} finds it, at most four,
 *     while its record is kept. One that is taken stays with the session that has it
 * @param contentHash hash of what the producer sent; decides whether a repeat is the same
 * @param item the JSON to hand out, returned byte for byte
 * @param idempotency tells a repeat of the call, whatever became of the session; null for none
 */
public record NewWork(
    String sessionId,
    String issueId,
    String issueIdentifier,
    String project,
    List<String> requiredCapabilities,
    int priority,
    long queuedAtMs,
    long notBeforeMs,
    long deadlineMs,
    List<String> publicIds,
    String contentHash,
    String item,
    @Nullable Idempotency idempotency) {

  /** The project of work that names none. */
  public static final String ANY_PROJECT = "default";

  public NewWork {
    requiredCapabilities = List.copyOf(requiredCapabilities);
    publicIds = List.copyOf(publicIds);
  }

  /** Work that is known by its session id alone. */
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
        priority,
        queuedAtMs,
        notBeforeMs,
        deadlineMs,
        List.of(),
        contentHash,
        item,
        null);
  }

  /** The same work in a call with a key. */
  public NewWork bearing(@Nullable Idempotency call) {
    return new NewWork(
        sessionId,
        issueId,
        issueIdentifier,
        project,
        requiredCapabilities,
        priority,
        queuedAtMs,
        notBeforeMs,
        deadlineMs,
        publicIds,
        contentHash,
        item,
        call);
  }

  /** Its place in the order of hand-out. */
  public long score() {
    return Score.of(priority, queuedAtMs);
  }
}
