package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.CapabilitySet;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.store.PackedNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

public final class QueueReads {

  private QueueReads() {}

  public record FindQueue(String project) implements ReadOperation<ProjectQueue> {

    @Override
    public ProjectQueue run(ReadStep step) {
      return show(step, project);
    }

    public static ProjectQueue show(ReadStep step, String project) {
      ProjectWork known = step.state().work().project(project);
      return known == null
          ? ProjectWork.nothing(project, step.now())
          : known.show(step.state(), step.now());
    }

    public static QueueRecord record(ReadStep step, String project) {
      ProjectWork known = step.state().work().project(project);
      return known == null ? QueueRecord.none(project) : known.queue();
    }
  }

  public record ListBuckets(List<String> projects) implements ReadOperation<ListBuckets.Answer> {

    public record Answer(List<WorkBucket> buckets) {}

    @Override
    public Answer run(ReadStep step) {
      List<WorkBucket> buckets = new ArrayList<>();
      Map<CapabilitySet, Map<String, Long>> byRepository = new LinkedHashMap<>();
      for (String name : projects) {
        ProjectWork project = step.state().work().project(name);
        for (Bucket bucket : project == null ? List.<Bucket>of() : project.buckets()) {
          CapabilitySet set = bucket.capabilities();
          long waiting = bucket.items().size();
          if (set.lanes() == null) {
            buckets.add(new WorkBucket(name, set.names(), waiting));
          } else {
            byRepository.computeIfAbsent(set, any -> new LinkedHashMap<>()).put(name, waiting);
          }
        }
      }
      int most = WorkBucket.MOST_REPOSITORIES;
      for (Map.Entry<CapabilitySet, Map<String, Long>> each : byRepository.entrySet()) {
        most -= addLanes(each.getKey(), each.getValue(), most, buckets);
      }
      return new Answer(buckets);
    }

    /** Returns how many lanes it has looked at. */
    private static int addLanes(
        CapabilitySet set, Map<String, Long> left, int most, List<WorkBucket> buckets) {
      List<String> capabilities = PackedNames.capabilities(set.names());
      int looked =
          Objects.requireNonNull(set.lanes())
              .visit(
                  most,
                  (repository, project, items) -> {
                    if (left.containsKey(project)) {
                      long waiting = items.size();
                      buckets.add(new WorkBucket(project, capabilities, waiting, repository));
                      left.merge(project, -waiting, Long::sum);
                    }
                  });
      left.forEach(
          (project, waiting) -> {
            if (waiting > 0) {
              buckets.add(new WorkBucket(project, capabilities, waiting, WorkBucket.OTHERS));
            }
          });
      return looked;
    }
  }

  public record ListQueues(@Nullable Cursor after, int limit)
      implements ReadOperation<ListQueues.Answer> {

    public record Answer(List<ProjectQueue> queues, @Nullable Cursor next) {}

    @Override
    public Answer run(ReadStep step) {
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
}
