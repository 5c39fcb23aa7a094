package dev.sluice.service;

import java.time.Duration;

/**
 * The pace that workers are asked to keep.
 *
 * @param heartbeat between two heartbeats
 * @param poll between two polls
 */
public record Intervals(Duration heartbeat, Duration poll) {}
