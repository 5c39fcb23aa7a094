package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/**
 * The result of a claim by name.
 *
 * @param session after it
 * @param denial null if the worker owns it
 */
public record ClaimResult(Session session, @Nullable ClaimDenial denial) {}
