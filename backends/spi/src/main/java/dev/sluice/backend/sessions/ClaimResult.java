package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * What became of a claim by name.
 *
 * @param session the session after it
 * @param denial why the worker doesn't hold it; null when it does
 */
public record ClaimResult(Session session, @Nullable ClaimDenial denial) {}
