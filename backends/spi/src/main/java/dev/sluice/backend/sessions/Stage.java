package dev.sluice.backend.sessions;

import dev.sluice.backend.work.Place;

/** Tells how far a session has come: docs/rules.md, "Stages". */
public record Stage(String id, String project, Place place, SessionState state) {}
