package dev.sluice.backend.sessions;

/**
 * Tool use since the latest claim.
 *
 * @param lastAtMs epoch ms
 * @param count activities that named a tool
 */
public record ToolUse(String lastName, long lastAtMs, long count) {}
