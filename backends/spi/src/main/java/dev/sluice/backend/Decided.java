package dev.sluice.backend;

/**
 * An answer with the org's sequence number at which it was decided: the number of the change, or of
 * the last change that a read saw.
 */
public record Decided<T>(long seq, T value) {}
