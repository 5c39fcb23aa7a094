package dev.sluice.backend.engine.records;

import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;

/**
 * @param notice with the number of tries so far
 * @param dueAtMs time of the next try, epoch ms
 */
public record NoticeRecord(FindingNotice notice, long dueAtMs) {

  private static final int MOST_DOUBLINGS = 10;

  public NoticeRecord tried(long now) {
    FindingNotice next =
        new FindingNotice(
            notice.id(), notice.begin(), notice.finding(), notice.atMs(), notice.attempt() + 1);
    long pause = Findings.FIRST_RETRY_MS << Math.min(notice.attempt(), MOST_DOUBLINGS);
    return new NoticeRecord(next, now + Math.min(pause, Findings.LONGEST_RETRY_MS));
  }
}
