package dev.sluice.service.edge;

/**
 * Limits of the HTTP front, of one node.
 *
 * @param connections the most connections
 * @param connectionsPerAddress the most connections of one client address
 * @param bodyBytes memory for bodies of known callers whose calls aren't served yet
 * @param answerBytes memory for answers to unknown callers that aren't read yet
 * @param minBytesPerSecond the slowest that a body may arrive, and an answer may be read
 */
public record FrontLimits(
    int connections,
    int connectionsPerAddress,
    long bodyBytes,
    long answerBytes,
    int minBytesPerSecond) {}
