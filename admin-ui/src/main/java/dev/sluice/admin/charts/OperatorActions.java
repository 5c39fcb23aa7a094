package dev.sluice.admin.charts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Actions of operators for marks on charts, read at most every 5 s by a node. Thread-safe. */
final class OperatorActions {

  /** Audit entries that a read looks at; the latest count. */
  static final int MOST_READ = 5 * Page.MAX;

  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final int MOST_KEPT = 60;

  private static final Set<String> OF_FLEET =
      Set.of("pause", "resume", "limit", "drain", "undrain", "stop", "stop-many", "deregister");

  private static final Set<String> OF_PROJECT = Set.of("pause", "resume", "limit");

  /** A stop of many has a line for each session too. */
  private static final String OF_MANY = "stop-many ";

  private final Audit audit;
  private final Cache<Key, Found> cache;

  private record Key(String org, TimeRange span) {}

  /**
   * @param lines latest first
   * @param sinceMs epoch ms of the oldest entry that was read; 0 if all of the range were
   */
  record Found(List<AuditLine> lines, long sinceMs) {

    /** Returns the actions on a project; null for the fleet. */
    Found of(@Nullable String project) {
      return project == null
          ? new Found(lines.stream().filter(OperatorActions::isOfFleet).toList(), sinceMs)
          : new Found(lines.stream().filter(line -> isOf(project, line)).toList(), sinceMs);
    }
  }

  OperatorActions(Audit audit, Ticker ticker) {
    this.audit = audit;
    cache =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .build();
  }

  Found read(String org, TimeRange span, long nowMs) {
    return cache.get(new Key(org, span), key -> readNow(org, nowMs - span.lengthMs()));
  }

  private Found readNow(String org, long fromMs) {
    List<AuditLine> found = new ArrayList<>();
    @Nullable Cursor cursor = null;
    long oldestMs = Long.MAX_VALUE;
    for (int read = 0; read < MOST_READ; read += Page.MAX) {
      Page<AuditLine> page = audit.list(org, cursor, Page.MAX);
      for (AuditLine line : page.items()) {
        oldestMs = line.atMs();
        if (oldestMs <= fromMs) {
          return new Found(found, 0);
        }
        if (OF_FLEET.contains(line.verb())) {
          found.add(line);
        }
      }
      cursor = page.next();
      if (cursor == null) {
        return new Found(found, 0);
      }
    }
    return new Found(found, oldestMs);
  }

  private static boolean isOfFleet(AuditLine line) {
    return !line.reason().startsWith(OF_MANY);
  }

  private static boolean isOf(String project, AuditLine line) {
    return OF_PROJECT.contains(line.verb()) && line.object().equals(project)
        || line.verb().equals("stop-many") && line.detail().endsWith("project " + project);
  }
}
