package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Page;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.List;

/** At most a second old. Never part of a poll. */
public final class WorkerSnapshots {

  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final Workers workers;
  private final LoadingCache<String, List<Worker>> snapshots;

  public WorkerSnapshots(Workers workers, Ticker ticker) {
    this.workers = workers;
    this.snapshots =
        Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .build(this::read);
  }

  /** The oldest registration first. */
  public List<Worker> of(String org) {
    return snapshots.get(org);
  }

  public List<Worker> refresh(String org) {
    List<Worker> now = read(org);
    snapshots.put(org, now);
    return now;
  }

  private List<Worker> read(String org) {
    return List.copyOf(Page.all(cursor -> workers.list(org, cursor, Page.MAX)));
  }
}
