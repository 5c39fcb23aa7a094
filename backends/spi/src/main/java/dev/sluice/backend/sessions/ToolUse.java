package dev.sluice.backend.sessions;

/**
 * Tool use since the latest claim, from activities.
 *
 * @param lastName name of the last tool
 * @param lastAtMs epoch ms
 * @param count number of activities that named a tool
 */
public record ToolUse(String lastName, long lastAtMs, long count) {}
