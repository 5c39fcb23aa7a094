package dev.sluice.backend.sessions;

import dev.sluice.backend.work.Place;

/** How far a session is. */
public record Stage(String id, String project, Place place, SessionState state) {}
