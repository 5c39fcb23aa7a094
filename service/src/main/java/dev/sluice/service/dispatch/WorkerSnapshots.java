package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All workers of an org as of a moment ago, for questions about the fleet as a whole: so that a
 * thousand of them in a second read it once. Never part of a poll.
 */
public final class WorkerSnapshots {

  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final Workers workers;
  private final LoadingCache<String, List<Worker>> snapshots;

  public WorkerSnapshots(Workers workers) {
    this(workers, Ticker.systemTicker());
  }

  WorkerSnapshots(Workers workers, Ticker ticker) {
    this.workers = workers;
    this.snapshots =
        Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .build(this::read);
  }

  /** The org's workers by registration time, at most a second old. */
  public List<Worker> of(String org) {
    return snapshots.get(org);
  }

  /** The org's workers as they are now, which from here on counts as the snapshot. */
  public List<Worker> anew(String org) {
    List<Worker> now = read(org);
    snapshots.put(org, now);
    return now;
  }

  private List<Worker> read(String org) {
    List<Worker> all = new ArrayList<>();
    @Nullable Cursor cursor = null;
    do {
      Page<Worker> page = workers.list(org, cursor, Page.MAX).value();
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return List.copyOf(all);
  }
}
