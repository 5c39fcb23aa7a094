package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.sessions.SessionState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A session of the other server. Times are epoch ms, 0 for none. */
record SourceSession(String id, SessionState state, ObjectNode json) {

  /** Returns null for a state that the other server doesn't have. */
  static @Nullable SourceSession of(String id, ObjectNode json) {
    String status = Json.text(json, "status");
    return Arrays.stream(SessionState.values())
        .filter(state -> state.wire().equals(status))
        .findFirst()
        .map(state -> new SourceSession(id, state, json))
        .orElse(null);
  }

  @Nullable String worker() {
    return Json.name(json, "workerId");
  }

  @Nullable String issue() {
    return Json.name(json, "issueId");
  }

  @Nullable String text(String member) {
    return Json.text(json, member);
  }

  long createdAt() {
    return Json.time(json, "createdAt");
  }

  long updatedAt() {
    long updated = Json.time(json, "updatedAt");
    return updated == 0 ? createdAt() : updated;
  }

  long queuedAt() {
    long queued = Json.time(json, "queuedAt");
    return queued == 0 ? createdAt() : queued;
  }

  long claimedAt() {
    long claimed = Json.time(json, "claimedAt");
    return claimed == 0 ? queuedAt() : claimed;
  }

  boolean live() {
    return state != SessionState.PENDING && !state.terminal();
  }
}
