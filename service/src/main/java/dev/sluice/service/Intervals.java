package dev.sluice.service;

import java.time.Duration;

/** The intervals that workers are asked to keep. */
public record Intervals(Duration heartbeat, Duration poll) {}
