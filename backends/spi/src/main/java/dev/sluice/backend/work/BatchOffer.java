package dev.sluice.backend.work;

/**
 * An offered job.
 *
 * @param item byte for byte as added
 */
public record BatchOffer(String jobId, String item) {}
