package dev.sluice.backend.work;

/**
 * A job to add.
 *
 * @param jobId never a session id
 * @param contentHash recognises repeats
 * @param item JSON to hand out byte for byte; at most 64 KiB
 */
public record NewBatchJob(String jobId, String contentHash, String item) {

  public static final int MAX_ITEM_BYTES = 64 * 1024;
}
