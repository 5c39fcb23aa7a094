package dev.sluice.backend;

/**
 * An answer with the org's sequence number: of the change, or of the last change that a read saw.
 */
public record Decided<T>(long seq, T value) {}
