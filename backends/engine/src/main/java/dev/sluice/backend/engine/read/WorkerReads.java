package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.WorkerClaims;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class WorkerReads {

  private WorkerReads() {}

  public record FindWorker(String workerId, @Nullable String registeredBy)
      implements ReadOperation<Worker> {

    @Override
    public Worker run(ReadStep step) {
      return show(step, step.knownWorker(workerId, registeredBy));
    }

    public static Worker show(ReadStep step, WorkerEntry worker) {
      WorkerRecord record = worker.record();
      Liveness liveness = worker.liveness();
      WorkerClaims held = step.state().workerClaims(record.id());
      return new Worker(
          record.registration(),
          liveness.activeCount(),
          held.active(),
          record.registeredAtMs(),
          liveness.lastSeenMs(),
          liveness.silent(),
          record.drained(),
          record.noShows(),
          record.nacks(),
          record.quarantinedUntilMs(),
          held.returns(),
          step.rules().maxReturns(),
          record.retired(),
          step.state().revoked(record.registration().registeredBy()),
          liveness.lastPollMs(),
          record.note(),
          record.holdings().quarantined(),
          held.among(record.holdings().notHeld()),
          record.holdings().unknownHeld(),
          record.failedRuns(),
          record.quota(),
          inherited(step.state(), record),
          step.state().jobs().offersTo(record.id()),
          record.protectedUntilMs());
    }

    private static int inherited(OrgState state, WorkerRecord record) {
      int claims = 0;
      for (String before : record.holdings().predecessors()) {
        WorkerEntry worker = state.worker(before);
        if (worker != null && record.hasReplaced(worker.record())) {
          claims += state.workerClaims(before).activeCount();
        }
      }
      return claims;
    }
  }

  public record ListWorkers(@Nullable Cursor after, int limit)
      implements ReadOperation<ListWorkers.Answer> {

    public record Answer(List<Worker> workers, @Nullable Cursor next) {}

    @Override
    public Answer run(ReadStep step) {
      KeyedPage page = KeyedPage.up(step.state().workers().registered(), after, limit);
      List<Worker> workers = new ArrayList<>();
      long bytes = 0;
      @Nullable Cursor last = null;
      for (Cursor key : page.keys()) {
        WorkerEntry worker = step.state().worker(key.name());
        if (worker != null) {
          WorkerRecord record = worker.record();
          bytes += StoredBytes.of(record.registration()) + StoredBytes.ofQuota(record.quota());
          if (last != null && bytes > Page.MAX_BYTES) {
            return new Answer(workers, last);
          }
          last = key;
          workers.add(FindWorker.show(step, worker));
        }
      }
      return new Answer(workers, page.next());
    }
  }
}
