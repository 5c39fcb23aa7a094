package dev.sluice.backend.redis.reply;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.store.PackedNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers of {@code queue_reply} in {@code rules/queues.lua}. */
public final class QueueReader {

  private QueueReader() {}

  public static ProjectQueue read(List<?> reply) {
    String max = Reply.text(reply.get(7));
    String budget = Reply.text(reply.get(8));
    return new ProjectQueue(
        Reply.text(reply.get(0)),
        counts(reply, 1),
        new QueueLimits(
            max.isEmpty() ? null : Integer.valueOf(max),
            budget.isEmpty() ? null : Long.valueOf(budget)),
        Long.parseLong(Reply.text(reply.get(9))),
        pause(Reply.text(reply.get(10)), Reply.text(reply.get(11))),
        Long.parseLong(Reply.text(reply.get(12))));
  }

  public static Counts counts(List<?> reply, int from) {
    return new Counts(
        (Long) reply.get(from),
        (Long) reply.get(from + 1),
        (Long) reply.get(from + 2),
        (Long) reply.get(from + 3),
        (Long) reply.get(from + 4),
        (Long) reply.get(from + 5));
  }

  /** Reads since when, by whom, why. The reason may hold any character. */
  static @Nullable Pause pause(String text, String until) {
    if (text.isEmpty()) {
      return null;
    }
    String[] parts = text.split(String.valueOf(Text.UNIT), 3);
    return new Pause(parts[2], parts[1], Long.parseLong(parts[0]), Long.parseLong(until));
  }

  /** Reads project, capabilities, number and repository in turn. */
  public static List<WorkBucket> buckets(List<String> parts) {
    List<WorkBucket> buckets = new ArrayList<>(parts.size() / 4);
    for (int i = 0; i + 3 < parts.size(); i += 4) {
      String repository = parts.get(i + 3);
      buckets.add(
          new WorkBucket(
              parts.get(i),
              PackedNames.capabilities(Text.names(parts.get(i + 1))),
              Long.parseLong(parts.get(i + 2)),
              repository.isEmpty() ? null : repository));
    }
    return buckets;
  }

  public static List<ProjectQueue> readAll(List<?> replies) {
    List<ProjectQueue> queues = new ArrayList<>();
    replies.forEach(reply -> queues.add(read((List<?>) reply)));
    return queues;
  }
}
