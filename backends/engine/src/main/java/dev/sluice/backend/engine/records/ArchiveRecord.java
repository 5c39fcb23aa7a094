package dev.sluice.backend.engine.records;

import java.util.List;

/**
 * Messages unacknowledged at a session's end.
 *
 * @param messages urgent first, then by age
 */
public record ArchiveRecord(String sessionId, long atMs, List<MessageRecord> messages) {

  public long bytes() {
    return messages.stream().mapToLong(MessageRecord::bytes).sum();
  }
}
