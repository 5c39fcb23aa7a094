package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The stored answer to one part of a call with an {@link dev.sluice.backend.Idempotency} key.
 *
 * @param untilMs end of retention, epoch ms; that of the first part
 * @param id of the session or message
 * @param state null for a message
 * @param atMs of the message, epoch ms; 0 for work
 */
public record IdempotentAnswer(
    String key,
    int part,
    String bodyHash,
    long untilMs,
    String id,
    boolean duplicate,
    @Nullable SessionState state,
    int position,
    long atMs) {}
