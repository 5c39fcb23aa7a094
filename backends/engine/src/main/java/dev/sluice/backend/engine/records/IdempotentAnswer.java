package dev.sluice.backend.engine.records;

import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to one part of a call with a key; see {@link dev.sluice.backend.Idempotency}.
 *
 * @param untilMs until when it is kept, epoch ms; that of the call's first answer
 * @param id of the session, or of the message
 * @param duplicate see {@link dev.sluice.backend.work.Enqueued}
 * @param state the same; null for a message
 * @param position the same
 * @param atMs when the message was sent, epoch ms; 0 for work
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
