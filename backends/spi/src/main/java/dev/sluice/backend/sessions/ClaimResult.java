package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * @param denial null if the worker owns it
 */
public record ClaimResult(Session session, @Nullable ClaimDenial denial) {}
