package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.SessionRecord;

/**
 * A session as an answer; its item is fetched by whoever asked.
 *
 * @param position 1-based among its project's waiting work; 0 if unknown or not waiting
 */
public record SessionView(SessionRecord session, int position) {}
