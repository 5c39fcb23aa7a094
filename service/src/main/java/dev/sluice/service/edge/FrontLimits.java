package dev.sluice.service.edge;

/**
 * Limits of one node: {@code bodyBytes} for bodies of known callers that are not served yet, {@code
 * answerBytes} for unread answers to unknown callers, the minimum speed for both.
 */
public record FrontLimits(
    int connections,
    int connectionsPerAddress,
    long bodyBytes,
    long answerBytes,
    int minBytesPerSecond) {}
