package dev.sluice.service.metrics;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.service.transfer.Exports;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of the last whole export of an org. Each leaves a line in the audit log, so that all
 * nodes and a restarted one know it; the log is read at most once a minute, and only lines that are
 * new.
 */
final class LastExports {

  static final Duration EVERY = Duration.ofMinutes(1);

  /** An export before more lines than these is as good as none. */
  private static final int MOST_PAGES = 200;

  private record Read(long nanos, long newestId, long exportedMs) {}

  private static final Read NOTHING = new Read(0, 0, 0);

  private final Audit audit;
  private final LongSupplier nanoTime;
  private final Map<String, Read> reads = new ConcurrentHashMap<>();

  LastExports(Audit audit, LongSupplier nanoTime) {
    this.audit = audit;
    this.nanoTime = nanoTime;
  }

  /** Returns epoch ms; 0 if there was none. */
  long of(String org) {
    long now = nanoTime.getAsLong();
    Read before = reads.get(org);
    if (before == null || now - before.nanos() >= EVERY.toNanos()) {
      before = read(org, before == null ? NOTHING : before, now);
      reads.put(org, before);
    }
    return before.exportedMs();
  }

  private Read read(String org, Read before, long now) {
    long newest = 0;
    @Nullable Cursor cursor = null;
    for (int i = 0; i < MOST_PAGES; i++) {
      Page<AuditLine> page = audit.list(org, cursor, Page.MAX);
      for (AuditLine line : page.items()) {
        newest = Math.max(newest, line.id());
        if (line.verb().equals(Exports.EXPORTED)) {
          return new Read(now, newest, line.lastAtMs());
        }
        if (line.id() <= before.newestId() && !isReplaced(before, newest)) {
          return new Read(now, newest, before.exportedMs());
        }
      }
      cursor = page.next();
      if (cursor == null) {
        break;
      }
    }
    return new Read(now, newest, isReplaced(before, newest) ? 0 : before.exportedMs());
  }

  /** Ids grow, so a log with lower ones is that of an org that was restored into an empty store. */
  private static boolean isReplaced(Read before, long newestId) {
    return newestId < before.newestId();
  }
}
