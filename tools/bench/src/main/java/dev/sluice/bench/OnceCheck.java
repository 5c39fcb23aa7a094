package dev.sluice.bench;

import dev.sluice.bench.Findings.Check;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The tool's own ids are a prefix and a number, so a million of them take four bytes
 * each.
 */
final class OnceCheck {

  private final Findings findings;
  private final @Nullable BenchItems ids; // null: any ids
  private final int from;
  private final int count;
  private final AtomicIntegerArray times;
  private final Set<String> unnumbered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger distinct = new AtomicInteger();

  private OnceCheck(Findings findings, @Nullable BenchItems ids, int from, int count) {
    this.findings = findings;
    this.ids = ids;
    this.from = from;
    this.count = count;
    this.times = new AtomicIntegerArray(ids == null ? 0 : count);
  }

  static OnceCheck ofNumbered(Findings findings, BenchItems ids, int from, int count) {
    return new OnceCheck(findings, ids, from, count);
  }

  /** Expects any ids, of another tool. */
  static OnceCheck ofAny(Findings findings, int count) {
    return new OnceCheck(findings, null, 0, count);
  }

  /** False if the session is not part of this measurement. */
  boolean handedOut(String sessionId) {
    if (ids == null) {
      if (unnumbered.add(sessionId)) {
        distinct.incrementAndGet();
      } else {
        findings.add(Check.DOUBLED, sessionId);
      }
      return true;
    }
    int number = ids.number(sessionId) - from;
    if (number < 0 || number >= count) {
      findings.add(Check.FOREIGN, sessionId);
      return false;
    }
    if (times.getAndIncrement(number) == 0) {
      distinct.incrementAndGet();
    } else {
      findings.add(Check.DOUBLED, sessionId);
    }
    return true;
  }

  int distinct() {
    return distinct.get();
  }

  boolean complete() {
    return distinct.get() >= count;
  }

  void reportMissing() {
    if (ids == null) {
      int missing = count - distinct.get();
      if (missing > 0) {
        findings.add(Check.MISSING, missing + " items of unknown ids");
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      if (times.get(i) == 0) {
        findings.add(Check.MISSING, ids.id(from + i));
      }
    }
  }
}
