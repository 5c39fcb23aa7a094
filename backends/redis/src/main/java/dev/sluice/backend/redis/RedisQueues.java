package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.QueueReader;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class RedisQueues implements Queues {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisQueues(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public ProjectQueue find(String org, String project) {
    return queue(scripts.run(LuaFunction.FIND_QUEUE, project, Run.of(org, Text.name(project))));
  }

  @Override
  public Page<ProjectQueue> list(String org, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.LIST_QUEUES,
            org,
            Run.of(org, cursor == null ? "" : Text.name(cursor.name()), String.valueOf(limit)));
    String last = reply.text(1);
    return new Page<>(
        QueueReader.readAll(reply.list(0)), last.isEmpty() ? null : new Cursor(0, last));
  }

  @Override
  public List<WorkBucket> buckets(String org, List<String> projects) {
    projects.forEach(Text::name);
    Reply reply = scripts.run(LuaFunction.LIST_BUCKETS, org, new Run(org, projects));
    return QueueReader.buckets(Reply.texts(reply.list(0)));
  }

  @Override
  public ProjectQueue pause(String org, String project, long untilMs, AuditNote note) {
    orgs.add(org);
    return queue(
        scripts.run(
            LuaFunction.PAUSE,
            project,
            Run.of(org, Text.name(project), String.valueOf(untilMs))
                .audited(note, AuditAct.pause(project, untilMs))));
  }

  @Override
  public ProjectQueue resume(String org, String project, AuditNote note) {
    orgs.add(org);
    return queue(
        scripts.run(
            LuaFunction.RESUME,
            project,
            Run.of(org, Text.name(project)).audited(note, AuditAct.resume(project))));
  }

  @Override
  public ProjectQueue limit(String org, String project, QueueLimits limits, AuditNote note) {
    orgs.add(org);
    Integer max = limits.maxConcurrent();
    Long budget = limits.dailyBudgetMicroUsd();
    return queue(
        scripts.run(
            LuaFunction.LIMIT,
            project,
            Run.of(
                    org,
                    Text.name(project),
                    max == null ? "" : String.valueOf(max),
                    budget == null ? "" : String.valueOf(budget))
                .audited(note, AuditAct.limit(project, limits))));
  }

  private static ProjectQueue queue(Reply reply) {
    return QueueReader.read(reply.list(0));
  }
}
