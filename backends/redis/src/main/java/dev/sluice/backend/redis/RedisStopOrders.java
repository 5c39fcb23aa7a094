package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.StopOrderText;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopOrders;

final class RedisStopOrders implements StopOrders {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisStopOrders(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public StopOrder add(String org, NewStopOrder run, AuditNote note) {
    orgs.add(org);
    Reply reply =
        scripts.run(
            LuaFunction.ADD_STOP,
            run.id(),
            Run.of(
                    org,
                    Text.name(run.id()),
                    Text.orEmpty(run.project()),
                    StopOrderText.targets(run.targets()))
                .audited(note, AuditAct.stopMany(run)));
    return run.ordered(note, Long.parseLong(reply.text(0)));
  }

  @Override
  public StopOrder find(String org, String id) {
    Reply reply = scripts.run(LuaFunction.FIND_STOP, id, Run.of(org, id));
    StopOrder order = StopOrderText.read(id, reply.text(0));
    if (order == null) {
      throw RefusedException.of(Refusal.DAMAGED, id);
    }
    return order;
  }
}
