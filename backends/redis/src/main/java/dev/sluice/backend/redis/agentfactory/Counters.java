package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.transfer.OrgRecord;

/** The numbers of the records, as an org gives them. */
final class Counters {

  private static final long TOKENS_OF_A_MS = 1024;

  private final long now;
  private long seq;
  private long token;

  Counters(long now) {
    this.now = now;
    token = now * TOKENS_OF_A_MS;
  }

  long seq() {
    return ++seq;
  }

  long token() {
    return ++token;
  }

  /** Has no sweep, so that the first one counts the time of the import as an outage. */
  OrgRecord.Numbers numbers() {
    return new OrgRecord.Numbers(seq, token, now, 0, now, 0, now);
  }
}
