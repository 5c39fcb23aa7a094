package dev.sluice.backend.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** A session's latest events, activities or acknowledged messages, numbered from 1. */
public final class SessionLog<T> {

  private final ToLongFunction<T> bytesOf;
  private final List<T> lines;
  private long count;
  private long bytes;

  SessionLog(ToLongFunction<T> bytesOf, long count, List<T> lines) {
    this.bytesOf = bytesOf;
    this.count = count;
    this.lines = new ArrayList<>(lines);
    lines.forEach(line -> bytes += bytesOf.applyAsLong(line));
  }

  public long count() {
    return count;
  }

  public List<T> lines() {
    return lines;
  }

  public T last() {
    return lines.get(lines.size() - 1);
  }

  public long bytes() {
    return bytes;
  }

  /**
   * Does nothing for a number added before.
   *
   * @param keep at least 1
   */
  void add(long number, T line, int keep) {
    if (number <= count) {
      return;
    }
    count = number;
    lines.add(line);
    bytes += bytesOf.applyAsLong(line);
    while (lines.size() > Math.max(1, keep)) {
      bytes -= bytesOf.applyAsLong(lines.remove(0));
    }
  }
}
