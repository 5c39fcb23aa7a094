package dev.sluice.backend.engine.figures;

import dev.sluice.backend.engine.records.FigureRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.sessions.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The buckets of an org. Every copy of a state counts the changes of sessions by itself; sweeps
 * write the buckets, so that no call has a change more.
 */
public final class OrgFigures {

  /** Time between two writes of a bucket that grows. */
  static final long WRITE_MS = 5_000;

  private final NavigableMap<Long, Bucket> buckets = new TreeMap<>();

  /**
   * Counts what a change of a session means. The same change twice counts once.
   *
   * @param hostOf the host of a worker by its id; empty if unknown
   */
  public void count(SessionRecord before, SessionRecord after, UnaryOperator<String> hostOf) {
    boolean handedOut = !before.claimed() && after.awaitsAccept();
    boolean ends = !before.over() && after.over() && after.state() != SessionState.STOPPED;
    long cost =
        before.claimed() && (after.claimed() || after.over())
            ? after.claim().costMicroUsd() - before.claim().costMicroUsd()
            : 0;
    if (!handedOut && !ends && cost == 0) {
      return;
    }
    boolean completed = ends && after.state() == SessionState.COMPLETED;
    String worker = before.claimed() ? before.owner() : after.owner();
    bucket(after.updatedAtMs())
        .add(
            after.project(),
            after.subject().model(),
            worker == null || !(before.claimed() || after.claimed()) ? "" : hostOf.apply(worker),
            new FigureSeries(
                "",
                false,
                handedOut ? 1 : 0,
                completed ? 1 : 0,
                ends && !completed ? 1 : 0,
                cost,
                0,
                0));
  }

  /** Counts why a run failed or a claim was lost. */
  public void count(String project, String cause, long atMs) {
    bucket(atMs).add(project, cause);
  }

  private Bucket bucket(long atMs) {
    return buckets.computeIfAbsent(Figures.startOf(atMs), Bucket::new);
  }

  public void put(FigureRecord record) {
    buckets.put(record.startMs(), new Bucket(record));
  }

  public void remove(long startMs) {
    buckets.remove(startMs);
  }

  /** Passes all buckets as written now. */
  public void each(long nowMs, Consumer<FigureRecord> look) {
    buckets.values().forEach(bucket -> look.accept(bucket.record(nowMs)));
  }

  /**
   * True if it is time to look at waiting work.
   *
   * @param inUse true if the org has waiting work or a worker that is not silent
   */
  public boolean gaugeIsDue(long nowMs, boolean inUse) {
    Bucket current = buckets.get(Figures.startOf(nowMs));
    long gaugedAtMs = current == null ? 0 : current.gaugedAtMs();
    return nowMs - gaugedAtMs >= Figures.GAUGE_MS && (inUse || gaugedAtMs != 0);
  }

  /** The current bucket with a new look at waiting work. */
  public FigureRecord gauged(List<FigureSeries> waiting, long nowMs) {
    Bucket current = buckets.get(Figures.startOf(nowMs));
    Bucket gauged =
        new Bucket(
            current == null ? new Bucket(Figures.startOf(nowMs)).record(0) : current.record(0));
    gauged.gauge(waiting, nowMs);
    return gauged.record(nowMs);
  }

  public List<FigureRecord> toWrite(long nowMs) {
    List<FigureRecord> all = new ArrayList<>(0);
    long current = Figures.startOf(nowMs);
    buckets.forEach(
        (startMs, bucket) -> {
          boolean due = startMs < current || nowMs - bucket.writtenAtMs() >= WRITE_MS;
          if (bucket.unwritten() && due) {
            all.add(bucket.record(nowMs));
          }
        });
    return all;
  }

  public List<Long> startsBefore(long startMs, int limit) {
    return buckets.headMap(startMs).keySet().stream().limit(limit).toList();
  }

  public List<FigureBucket> list(FigureDimension by, long fromMs, long toMs) {
    List<FigureBucket> list = new ArrayList<>();
    if (fromMs < toMs) {
      buckets
          .subMap(fromMs, toMs)
          .forEach(
              (startMs, bucket) -> {
                FigureBucket shown = FigureBucket.of(startMs, bucket.series(by));
                boolean looked = by == FigureDimension.PROJECT && bucket.gaugedAtMs() != 0;
                if (looked || !shown.series().isEmpty()) {
                  list.add(shown);
                }
              });
    }
    return list;
  }
}
