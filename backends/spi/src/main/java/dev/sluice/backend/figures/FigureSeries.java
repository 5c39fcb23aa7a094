package dev.sluice.backend.figures;

import dev.sluice.backend.Names;
import java.util.Comparator;

/**
 * The figures of one project, model or host, or of all that had no room.
 *
 * @param name empty for the rest, and for work without a model or worker
 * @param claims hand-outs; re-attachments and transfers don't count
 * @param completed sessions that ended as completed
 * @param failed sessions that ended as failed or became dead letters
 * @param costMicroUsd growth of the costs of claims in millionths of a dollar, when it was
 *     reported; negative if workers corrected earlier reports
 * @param waiting items at the last look, of projects only
 * @param oldestMs age of the oldest ready or returned item at the last look; 0 for none
 */
public record FigureSeries(
    String name,
    boolean rest,
    long claims,
    long completed,
    long failed,
    long costMicroUsd,
    long waiting,
    long oldestMs) {

  /** By the bytes of the names, the rest last. */
  public static final Comparator<FigureSeries> ORDER =
      Comparator.comparing(FigureSeries::rest)
          .thenComparing(FigureSeries::name, Names::compareBytes);

  public static FigureSeries of(String name, boolean rest) {
    return new FigureSeries(name, rest, 0, 0, 0, 0, 0, 0);
  }

  /** Adds all but the age, of which the greater counts. Keeps its name. */
  public FigureSeries and(FigureSeries other) {
    return new FigureSeries(
        name,
        rest,
        claims + other.claims,
        completed + other.completed,
        failed + other.failed,
        costMicroUsd + other.costMicroUsd,
        waiting + other.waiting,
        Math.max(oldestMs, other.oldestMs));
  }

  boolean anything() {
    return !equals(of(name, rest));
  }

  public FigureSeries gauged(long newWaiting, long newOldestMs) {
    return new FigureSeries(
        name, rest, claims, completed, failed, costMicroUsd, newWaiting, newOldestMs);
  }
}
