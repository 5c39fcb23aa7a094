package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.ProjectQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** The queues of an org by name. */
public record ListQueues(@Nullable Cursor after, int limit)
    implements ReadOperation<ListQueues.Answer> {

  /**
   * A page.
   *
   * @param next where to go on; null at the end
   */
  public record Answer(List<ProjectQueue> queues, @Nullable Cursor next) {}

  @Override
  public Answer run(Step step) {
    NavigableSet<String> names = step.state().work().projectNames();
    List<ProjectQueue> queues = new ArrayList<>();
    for (String name : after == null ? names : names.tailSet(after.name(), false)) {
      if (queues.size() == limit) {
        return new Answer(queues, new Cursor(0, queues.get(limit - 1).project()));
      }
      queues.add(FindQueue.show(step, name));
    }
    return new Answer(queues, null);
  }
}
