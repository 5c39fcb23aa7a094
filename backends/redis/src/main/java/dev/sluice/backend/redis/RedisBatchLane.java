package dev.sluice.backend.redis;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import java.util.ArrayList;
import java.util.List;

final class RedisBatchLane implements BatchLane {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisBatchLane(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public List<BatchAdded> add(String org, List<NewBatchJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    orgs.add(org);
    List<Object> replies =
        scripts.runAll(LuaFunction.ADD_JOB, jobs.stream().map(job -> run(org, job)).toList());
    List<BatchAdded> results = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      String id = jobs.get(i).jobId();
      if (replies.get(i) instanceof Reply reply) {
        results.add(result(id, reply));
      } else {
        results.add(new BatchAdded(id, null, false, FunctionRunner.refusalOfOne(replies.get(i))));
      }
    }
    return List.copyOf(results);
  }

  private static Run run(String org, NewBatchJob job) {
    return Run.of(org, Text.name(job.jobId()), Text.name(job.contentHash()), job.item());
  }

  private static BatchAdded result(String id, Reply reply) {
    return reply.status().equals("OK")
        ? new BatchAdded(id, BatchJob.State.valueOf(reply.text(1)), reply.flag(0), null)
        : new BatchAdded(id, null, false, Refusal.valueOf(reply.status()));
  }

  @Override
  public BatchJob find(String org, String jobId) {
    Reply reply = scripts.run(LuaFunction.FIND_JOB, jobId, Run.of(org, jobId));
    return new BatchJob(
        jobId,
        BatchJob.State.valueOf(reply.text(0)),
        Integer.parseInt(reply.text(1)),
        Text.orNull(reply.text(2)),
        Long.parseLong(reply.text(3)),
        Long.parseLong(reply.text(4)),
        reply.text(5));
  }
}
