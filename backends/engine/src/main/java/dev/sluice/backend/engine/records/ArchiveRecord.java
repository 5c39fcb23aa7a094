package dev.sluice.backend.engine.records;

import java.util.List;

/**
 * The messages that a session had not acknowledged at its end.
 *
 * @param atMs when it ended, epoch ms
 * @param messages urgent ones first, then by age
 */
public record ArchiveRecord(String sessionId, long atMs, List<MessageRecord> messages) {

  /** What all of them count. */
  public long bytes() {
    return messages.stream().mapToLong(MessageRecord::bytes).sum();
  }
}
