package dev.sluice.backend;

/**
 * A project's queue that hands nothing out.
 *
 * @param reason why, for people
 * @param actor who paused it: the id of a key or the name of an operator
 * @param sinceMs since when, epoch ms, the store's time
 * @param untilMs when it ends by itself, epoch ms; 0 for until resumed
 */
public record Pause(String reason, String actor, long sinceMs, long untilMs) {}
