package dev.sluice.service.http.edge;

/**
 * {@code headerBytes} are for unfinished headers, {@code bodyBytes} for bodies of known callers
 * that are not served yet, {@code answerBytes} for unread answers to unknown callers.
 */
public record FrontLimits(
    int connections,
    int connectionsPerAddress,
    long headerBytes,
    long bodyBytes,
    long answerBytes,
    int minBytesPerSecond) {}
