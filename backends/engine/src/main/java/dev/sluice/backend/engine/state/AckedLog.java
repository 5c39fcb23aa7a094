package dev.sluice.backend.engine.state;

import java.util.ArrayList;
import java.util.List;

/** What a session acknowledged last. */
public final class AckedLog {

  private final List<AckedRecord> lines;
  private long count;

  AckedLog(long count, List<AckedRecord> lines) {
    this.count = count;
    this.lines = new ArrayList<>(lines);
  }

  /** How many there have been. */
  public long count() {
    return count;
  }

  /** The latest ones, the first acknowledged first. */
  public List<AckedRecord> lines() {
    return lines;
  }

  /** Adds the one of that number, unless it is there. */
  void add(long number, AckedRecord acked, int keep) {
    if (number <= count) {
      return;
    }
    count = number;
    lines.add(acked);
    while (lines.size() > keep) {
      lines.remove(0);
    }
  }
}
