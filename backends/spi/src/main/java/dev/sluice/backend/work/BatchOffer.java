package dev.sluice.backend.work;

/**
 * @param item byte for byte as added
 */
public record BatchOffer(String jobId, String item) {}
