package dev.sluice.backend.engine.state;

import java.util.ArrayList;
import java.util.List;

/** A session's latest activities. */
public final class ActivityLog {

  private final List<ActivityRecord> lines;
  private long bytes;

  ActivityLog(List<ActivityRecord> lines) {
    this.lines = new ArrayList<>(lines);
    lines.forEach(line -> bytes += line.bytes());
  }

  /** The oldest first. */
  public List<ActivityRecord> lines() {
    return lines;
  }

  /** What all of them count. */
  public long bytes() {
    return bytes;
  }

  /** The id of the latest one. */
  public long lastId() {
    return lines.get(lines.size() - 1).id();
  }

  /** Adds one, unless it is there. */
  void add(ActivityRecord activity, int keep) {
    if (!lines.isEmpty() && activity.id() <= lastId()) {
      return;
    }
    lines.add(activity);
    bytes += activity.bytes();
    while (lines.size() > Math.max(1, keep)) {
      bytes -= lines.remove(0).bytes();
    }
  }
}
