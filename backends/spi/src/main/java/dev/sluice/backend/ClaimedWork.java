package dev.sluice.backend;

/**
 * An item handed out and claimed.
 *
 * @param sessionId its session
 * @param token the claim's fencing token; grows with every claim of the org
 * @param acceptByMs until when the worker must have given a sign, epoch ms
 * @param item the JSON as enqueued, byte for byte
 */
public record ClaimedWork(String sessionId, long token, long acceptByMs, String item) {}
