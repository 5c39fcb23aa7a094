package dev.sluice.backend.work;

/**
 * A job of the batch lane offered to a worker.
 *
 * @param jobId its key
 * @param item the JSON as added, byte for byte
 */
public record BatchOffer(String jobId, String item) {}
