package dev.sluice.backend.engine.state;

import dev.sluice.backend.sessions.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * A session's timeline but for its first line, the enqueue, which its record implies. So work that
 * has only been enqueued needs none.
 */
public final class Timeline {

  private final List<Event> lines;
  private long count;

  Timeline(long count, List<Event> lines) {
    this.count = count;
    this.lines = new ArrayList<>(lines);
  }

  /** How many lines there have been, without the first. */
  public long count() {
    return count;
  }

  /** The latest lines, the oldest first. */
  public List<Event> lines() {
    return lines;
  }

  /** The latest line. */
  public Event last() {
    return lines.get(lines.size() - 1);
  }

  /** Adds the line of that number, unless it is there. */
  void add(long number, Event event, int keep) {
    if (number <= count) {
      return;
    }
    count = number;
    lines.add(event);
    while (lines.size() > Math.max(1, keep)) {
      lines.remove(0);
    }
  }
}
