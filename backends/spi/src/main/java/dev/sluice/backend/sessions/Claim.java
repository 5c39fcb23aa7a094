package dev.sluice.backend.sessions;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/**
 * A claimed session as far as it matters how it fares: small, so that all claims of an org can be
 * looked over. Times are epoch ms; 0 means not yet.
 *
 * @param id session id
 * @param project its project
 * @param state its state
 * @param priority 1..9
 * @param owner the worker that owns it
 * @param token token of the claim
 * @param acceptByMs deadline of a claim not yet accepted; else 0
 * @param attempts how often earlier claims of it were lost by time
 * @param claimedAtMs when it was claimed
 * @param startedAtMs first report of running in this claim
 * @param lastSignMs the latest call of its owner about it, the claim itself to begin with
 * @param costMicroUsd what it has cost, as last reported
 * @param tools which tools it has used, or null
 */
public record Claim(
    String id,
    String project,
    SessionState state,
    int priority,
    String owner,
    long token,
    long acceptByMs,
    int attempts,
    long claimedAtMs,
    long startedAtMs,
    long lastSignMs,
    long costMicroUsd,
    @Nullable ToolUse tools) {

  /** Of a session that is {@link Place#CLAIMED}. */
  public static Claim of(Session session) {
    return new Claim(
        session.id(),
        session.project(),
        session.state(),
        session.priority(),
        requireNonNull(session.owner(), "a claimed session has an owner"),
        session.token(),
        session.acceptByMs(),
        session.attempts(),
        session.claimedAtMs(),
        session.startedAtMs(),
        session.lastSignMs(),
        session.costMicroUsd(),
        session.tools());
  }
}
