package dev.sluice.backend.engine.records;

import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.SeenFinding;

/**
 * @param seenUntilMs ends then unless seen again, epoch ms
 * @param told true if the latest notice was its begin
 */
public record FindingRecord(Finding finding, long seenUntilMs, boolean told) {

  public static FindingRecord begun(SeenFinding seen, long now, long seenMs) {
    return new FindingRecord(Finding.begun(seen, now), now + seenMs, false);
  }

  /** Renews after half the time, so that most looks write nothing. */
  public FindingRecord seen(SeenFinding seen, long now, long seenMs) {
    if (!finding.stands()) {
      return new FindingRecord(finding.again(seen, now), now + seenMs, told);
    }
    return (seenUntilMs - now) * 2 < seenMs
        ? new FindingRecord(finding.withWords(seen.words()), now + seenMs, told)
        : this;
  }

  public FindingRecord unseen(long now, long gapEndMs, long seenMs) {
    boolean over = finding.stands() && seenUntilMs <= now && gapEndMs + seenMs <= now;
    return over ? of(finding.ended()) : this;
  }

  public FindingRecord told(boolean now) {
    return told == now ? this : new FindingRecord(finding, seenUntilMs, now);
  }

  public FindingRecord of(Finding other) {
    return new FindingRecord(other, seenUntilMs, told);
  }
}
