package dev.sluice.backend.sessions;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A claimed session in short, so that all claims of an org can be read; components as in {@link
 * Session}.
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
