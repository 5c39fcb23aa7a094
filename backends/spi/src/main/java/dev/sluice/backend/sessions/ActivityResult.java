package dev.sluice.backend.sessions;

/**
 * An activity that was added.
 *
 * @param activity as stored
 * @param session the session after it
 */
public record ActivityResult(Activity activity, Session session) {}
