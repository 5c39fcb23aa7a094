package dev.sluice.fleet;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyNoWork;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.QueueReader.Queued;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work that waits, and why a worker doesn't get it.
 *
 * @param asOfMs epoch ms
 * @param closed true while the org is closed for a move and hands out nothing
 * @param groups what the worker may get at its next poll first, then the largest first
 * @param complete false if there is more
 */
public record WaitingForWorker(long asOfMs, boolean closed, List<Group> groups, boolean complete) {

  private static final int MOST_GROUPS = 1_000;

  private static final Comparator<Group> ORDER =
      Comparator.comparing((Group group) -> !group.reasons().isEmpty())
          .thenComparing(group -> -group.work().waiting())
          .thenComparing(group -> group.work().toString());

  public WaitingForWorker {
    groups = List.copyOf(groups);
  }

  /**
   * @param work of a queue that hands out nothing, all ready and returned work, whatever it needs
   * @param reasons none if the worker's next poll may get some of it
   */
  public record Group(WorkBucket work, List<WaitReason> reasons) {

    public Group {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * @param projects null for all
   */
  public static WaitingForWorker of(
      QueueReader queues, String org, Worker worker, @Nullable List<String> projects, long now) {
    Queued queued = queues.read(org, projects);
    List<Group> groups = new ArrayList<>();
    for (ProjectQueue queue : queued.queues()) {
      for (WorkBucket bucket : buckets(queued, queue)) {
        groups.add(new Group(bucket, WhyNoWork.reasons(worker, queue, bucket, now)));
      }
      addOutOfOrder(queue, groups);
    }
    groups.sort(ORDER);
    boolean all = groups.size() <= MOST_GROUPS;
    return new WaitingForWorker(
        queued.asOfMs(),
        queued.closed(),
        all ? groups : groups.subList(0, MOST_GROUPS),
        all && queued.complete());
  }

  private static List<WorkBucket> buckets(Queued queued, ProjectQueue queue) {
    List<WorkBucket> buckets = queued.buckets().getOrDefault(queue.project(), List.of());
    long waiting = queue.counts().ready() + queue.counts().returned();
    return buckets.isEmpty() && waiting > 0 ? List.of(whole(queue, waiting)) : buckets;
  }

  private static void addOutOfOrder(ProjectQueue queue, List<Group> groups) {
    Counts counts = queue.counts();
    if (counts.parked() > 0) {
      groups.add(
          new Group(
              whole(queue, counts.parked()),
              List.of(
                  new WaitReason(
                      WaitReason.Kind.BEHIND_ISSUE, "behind other work of their issues"))));
    }
    if (counts.later() > 0) {
      groups.add(
          new Group(
              whole(queue, counts.later()),
              List.of(new WaitReason(WaitReason.Kind.NOT_BEFORE, "scheduled for a later time"))));
    }
  }

  private static WorkBucket whole(ProjectQueue queue, long waiting) {
    return new WorkBucket(queue.project(), List.of(), waiting);
  }
}
