package dev.sluice.backend.engine.records;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link dev.sluice.backend.workers.Worker} that changes seldom.
 *
 * @param registration as of the last heartbeat
 * @param quarantinedUntilMs epoch ms; 0 for none yet
 * @param quarantines number in a row without an acceptance
 * @param holdings as of the last heartbeat
 * @param nacks as in {@link dev.sluice.backend.workers.Worker}
 * @param denials for good since its latest quarantine, whatever it accepted meanwhile
 * @param failedRuns null if the latest run ended otherwise
 * @param quota as in {@link dev.sluice.backend.workers.Worker}
 * @param protectedUntilMs as in {@link dev.sluice.backend.workers.Worker}
 */
@RecordBuilder
public record WorkerRecord(
    Registration registration,
    long registeredAtMs,
    boolean drained,
    int noShows,
    long quarantinedUntilMs,
    boolean retired,
    int quarantines,
    @Nullable String note,
    Holdings holdings,
    int nacks,
    int denials,
    @Nullable FailedRuns failedRuns,
    String quota,
    long protectedUntilMs)
    implements WorkerRecordBuilder.With {

  public WorkerRecord {
    holdings = holdings == null ? Holdings.NONE : holdings; // older bytes
    quota = quota == null ? "" : quota; // older bytes
  }

  public WorkerRecord(Registration registration, long registeredAtMs) {
    this(
        registration,
        registeredAtMs,
        false,
        0,
        0,
        false,
        0,
        null,
        Holdings.NONE,
        0,
        0,
        null,
        "",
        0);
  }

  public String id() {
    return registration.workerId();
  }

  /** Keeps a value for null. Returns this record if nothing changes. */
  public WorkerRecord with(Heartbeat heartbeat) {
    Registration now =
        registration.with(
            said -> {
              orKept(heartbeat.capacity(), said::capacity);
              orKept(heartbeat.draining(), said::draining);
              orKept(heartbeat.projects(), said::projects);
              orKept(heartbeat.repositories(), said::repositories);
            });
    Integer quarantined = heartbeat.quarantined();
    WorkerRecord said =
        with(
            worker -> {
              worker
                  .registration(now)
                  .holdings(quarantined == null ? holdings : holdings.quarantined(quarantined));
              orKept(heartbeat.quota(), worker::quota);
            });
    return said.equals(this) ? this : said;
  }

  private static <T> void orKept(@Nullable T said, Consumer<T> change) {
    if (said != null) {
      change.accept(said);
    }
  }

  public int slots() {
    return Worker.slots(registration.capacity(), holdings.quarantined());
  }

  /**
   * True if this worker isn't retired, and the other one is a retired worker of the same machine
   * and credential.
   */
  public boolean hasReplaced(WorkerRecord other) {
    Registration theirs = other.registration();
    return !retired
        && other.retired()
        && registration.machineId() != null
        && registration.machineId().equals(theirs.machineId())
        && registration.registeredBy().equals(theirs.registeredBy());
  }

  /** Returns this record if it is the same. */
  public WorkerRecord speaking(Dialect dialect) {
    return dialect == registration.dialect()
        ? this
        : withRegistration(registration.withDialect(dialect));
  }

  /** Forgets no-shows, nacks and quarantines. */
  public WorkerRecord trusted() {
    return with(
        worker ->
            worker
                .noShows(0)
                .quarantinedUntilMs(0)
                .quarantines(0)
                .nacks(0)
                .denials(0)
                .failedRuns(null));
  }

  /** Ends the rows of no-shows, nacks and quarantines. Returns this record if there are none. */
  public WorkerRecord accepted() {
    int left = nacks < Rules.NACKS_IN_ROW ? 0 : nacks;
    return noShows == 0 && quarantines == 0 && nacks == left
        ? this
        : with(worker -> worker.noShows(0).quarantines(0).nacks(left));
  }

  /**
   * Ends the row of no-shows, and quarantines the worker at the limit. Doesn't count during a
   * quarantine. Returns this record if nothing changes.
   *
   * @param forGood true for a denial
   */
  public WorkerRecord nacked(long nowMs, Rules.Tries tries, boolean forGood) {
    if (quarantinedUntilMs > nowMs) {
      return noShows == 0 ? this : withNoShows(0);
    }
    int count = nacks < Rules.NACKS_IN_ROW ? nacks + 1 : 1;
    int denied = forGood ? denials + 1 : denials;
    if (count == Rules.NACKS_IN_ROW || denied == Rules.NACKS_IN_ROW) {
      return with(
          worker ->
              worker
                  .noShows(0)
                  .quarantinedUntilMs(nowMs + tries.quarantineMs(quarantines))
                  .quarantines(quarantines + 1)
                  .nacks(Rules.NACKS_IN_ROW)
                  .denials(0)
                  .failedRuns(null));
    }
    return with(worker -> worker.noShows(0).nacks(count).denials(denied));
  }

  /**
   * Counts a failure of its machine, and quarantines the worker at the limit and at each further
   * one, for longer each time. Doesn't count during a quarantine. Returns this record if nothing
   * changes.
   *
   * @param again others gave the work back before, so that it may be at fault: counts only beyond
   *     the limit
   */
  public WorkerRecord failed(long nowMs, Rules.Tries tries, String cause, boolean again) {
    int count = failedRuns == null ? 1 : failedRuns.inRow() + 1;
    if (quarantinedUntilMs > nowMs || again && count <= Rules.FAILURES_IN_ROW) {
      return this;
    }
    WorkerRecord failed = withFailedRuns(new FailedRuns(count, cause));
    if (count < Rules.FAILURES_IN_ROW) {
      return failed;
    }
    long untilMs = nowMs + tries.quarantineMs(count - Rules.FAILURES_IN_ROW);
    return failed.with(worker -> worker.noShows(0).quarantinedUntilMs(untilMs).nacks(0).denials(0));
  }

  /**
   * Ends the row of failures, but not during a quarantine. Returns this record if nothing changes.
   */
  public WorkerRecord ran(long nowMs) {
    return failedRuns == null || quarantinedUntilMs > nowMs ? this : withFailedRuns(null);
  }

  /** For no-shows. */
  public WorkerRecord quarantined(long untilMs) {
    return with(
        worker ->
            worker
                .noShows(0)
                .quarantinedUntilMs(untilMs)
                .quarantines(quarantines + 1)
                .nacks(0)
                .denials(0)
                .failedRuns(null));
  }
}
