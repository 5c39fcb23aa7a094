package dev.sluice.service.edge;

/**
 * Limits of the HTTP front of one node.
 *
 * @param bodyBytes memory for bodies of known callers that are not served yet
 * @param answerBytes memory for unread answers to unknown callers
 * @param minBytesPerSecond minimum speed of bodies and of reading answers
 */
public record FrontLimits(
    int connections,
    int connectionsPerAddress,
    long bodyBytes,
    long answerBytes,
    int minBytesPerSecond) {}
