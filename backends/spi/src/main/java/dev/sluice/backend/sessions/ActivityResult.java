package dev.sluice.backend.sessions;

/**
 * An added activity.
 *
 * @param session after it
 */
public record ActivityResult(Activity activity, Session session) {}
