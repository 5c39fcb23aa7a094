package dev.sluice.backend.redis;

import dev.sluice.backend.Counts;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.WorkQueue;
import java.util.ArrayList;
import java.util.List;

/** Enqueue and counts. */
final class RedisWorkQueue implements WorkQueue {

  private final ScriptRunner scripts;
  private final OrgList orgs;

  RedisWorkQueue(ScriptRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public Decided<List<Enqueued>> enqueue(String org, List<NewWork> items) {
    if (items.isEmpty()) {
      return new Decided<>(counts(org).seq(), List.of());
    }
    orgs.add(org);
    List<Object> replies =
        scripts.runAll(LuaScript.ENQUEUE, items.stream().map(item -> run(org, item)).toList());
    List<Enqueued> results = new ArrayList<>(items.size());
    long seq = 0;
    for (int i = 0; i < items.size(); i++) {
      String id = items.get(i).sessionId();
      if (replies.get(i) instanceof Reply reply) {
        seq = reply.seq();
        results.add(result(id, reply));
      } else if (replies.get(i) instanceof RefusedException refused) {
        results.add(refused(id, refused.refusal()));
      } else {
        throw (RuntimeException) replies.get(i);
      }
      if (results.get(i).refusal() == Refusal.DAMAGED) {
        scripts.noteDamage(org, id);
      }
    }
    return new Decided<>(seq, List.copyOf(results));
  }

  private static ScriptRunner.Run run(String org, NewWork item) {
    return ScriptRunner.Run.of(
        org,
        Text.name(item.sessionId()),
        Text.name(item.project()),
        Text.join(item.requiredCapabilities()),
        "%016d".formatted(item.score()),
        String.valueOf(item.priority()),
        String.valueOf(item.queuedAtMs()),
        Text.name(item.contentHash()),
        Text.name(item.issueId()),
        Text.name(item.issueIdentifier()),
        item.item());
  }

  private static Enqueued result(String id, Reply reply) {
    if (!reply.status().equals("OK")) {
      return refused(id, Refusal.valueOf(reply.status()));
    }
    return new Enqueued(
        id, reply.flag(0), SessionState.valueOf(reply.text(1)), (int) reply.number(2), null);
  }

  private static Enqueued refused(String id, Refusal refusal) {
    return new Enqueued(id, false, SessionState.PENDING, 0, refusal);
  }

  @Override
  public Decided<Counts> counts(String org) {
    Reply reply =
        scripts.runRepeatable(LuaScript.COUNTS, Subject.org(org), ScriptRunner.Run.of(org));
    return reply.decided(new Counts(reply.number(0), 0, 0, reply.number(1), reply.number(2), 0));
  }
}
