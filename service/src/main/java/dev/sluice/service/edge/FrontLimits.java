package dev.sluice.service.edge;

/**
 * {@code bodyBytes} are for bodies of known callers that are not served yet, {@code answerBytes}
 * for unread answers to unknown callers.
 */
public record FrontLimits(
    int connections,
    int connectionsPerAddress,
    long bodyBytes,
    long answerBytes,
    int minBytesPerSecond) {}
