package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Worker;
import dev.sluice.backend.engine.state.Holdings;
import dev.sluice.backend.engine.state.Pulse;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks a worker up. */
public record FindWorker(String workerId, @Nullable String registeredBy)
    implements ReadOperation<Worker> {

  @Override
  public Worker run(Step step) {
    return show(step, step.knownWorker(workerId, registeredBy));
  }

  static Worker show(Step step, WorkerEntry worker) {
    WorkerRecord record = worker.record();
    Pulse pulse = worker.pulse();
    Holdings held = step.state().holdings(record.id());
    return new Worker(
        record.registration(),
        pulse.activeCount(),
        List.copyOf(held.active()),
        record.registeredAtMs(),
        pulse.lastSeenMs(),
        pulse.silent(),
        record.drained(),
        record.noShows(),
        record.quarantinedUntilMs(),
        held.returns(),
        step.rules().maxReturns(),
        record.retired(),
        step.state().revoked(record.registration().registeredBy()),
        pulse.lastPollMs());
  }
}
