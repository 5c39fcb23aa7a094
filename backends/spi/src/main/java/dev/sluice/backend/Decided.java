package dev.sluice.backend;

/**
 * An answer with the store sequence number of the org at which it was decided: a change's own
 * number, or that of the last change a read saw.
 */
public record Decided<T>(long seq, T value) {}
