package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Worker;
import dev.sluice.backend.engine.state.WorkerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of an org by the time of their registration. */
public record ListWorkers(@Nullable Cursor after, int limit)
    implements ReadOperation<ListWorkers.Answer> {

  /**
   * A page.
   *
   * @param next where to go on; null at the end
   */
  public record Answer(List<Worker> workers, @Nullable Cursor next) {}

  @Override
  public Answer run(Step step) {
    KeyedPage page = KeyedPage.up(step.state().workers().registered(), after, limit);
    List<Worker> workers = new ArrayList<>();
    for (String id : page.ids()) {
      WorkerEntry worker = step.state().worker(id);
      if (worker != null) {
        workers.add(FindWorker.show(step, worker));
      }
    }
    return new Answer(workers, page.next());
  }
}
