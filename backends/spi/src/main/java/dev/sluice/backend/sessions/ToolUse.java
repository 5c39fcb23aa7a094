package dev.sluice.backend.sessions;

/**
 * Which tools a session has used since its latest claim, as its activities said.
 *
 * @param lastName the tool named last
 * @param lastAtMs when, epoch ms
 * @param count how many activities named a tool
 */
public record ToolUse(String lastName, long lastAtMs, long count) {}
