package dev.sluice.service;

import java.time.Duration;

public record Intervals(Duration heartbeat, Duration poll) {}
