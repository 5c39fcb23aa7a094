package dev.sluice.backend.work;

/**
 * A job for the batch lane, protocol 9.3.
 *
 * @param jobId its key, never a session id
 * @param contentHash hash of what the producer sent; decides whether a repeat is the same
 * @param item the JSON to hand out, returned byte for byte; at most 64 KiB
 */
public record NewBatchJob(String jobId, String contentHash, String item) {

  /** Most bytes of an item. */
  public static final int MAX_ITEM_BYTES = 64 * 1024;
}
