package dev.sluice.backend.redis;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.script.LuaScript;
import dev.sluice.backend.redis.script.OrgList;
import dev.sluice.backend.redis.script.ScriptRunner;
import dev.sluice.backend.redis.script.ScriptRunner.Run;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.stops.StopTarget;
import java.util.ArrayList;
import java.util.List;

/** {@code add_stop.lua} has the layout. */
final class RedisStopOrders implements StopOrders {

  private static final int PARTS = 5;

  private final ScriptRunner scripts;
  private final OrgList orgs;

  RedisStopOrders(ScriptRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public Decided<StopOrder> add(String org, NewStopOrder run, AuditNote note) {
    orgs.add(org);
    Reply reply =
        scripts.run(
            LuaScript.ADD_STOP,
            run.id(),
            Run.of(org, Text.name(run.id()), Text.orEmpty(run.project()), text(run.targets()))
                .audited(note, AuditAct.stopMany(run)));
    return reply.decided(run.ordered(note, Long.parseLong(reply.text(0))));
  }

  @Override
  public Decided<StopOrder> find(String org, String id) {
    Reply reply = scripts.runRepeatable(LuaScript.FIND_STOP, id, Run.of(org, id));
    // The reason comes last: it may hold any character.
    String[] parts = reply.text(0).split(String.valueOf(Text.UNIT), PARTS);
    if (parts.length < PARTS) {
      throw RefusedException.of(Refusal.DAMAGED, id, reply.seq());
    }
    return reply.decided(
        new StopOrder(
            id,
            Text.orNull(parts[1]),
            parts[2],
            parts[4],
            Long.parseLong(parts[0]),
            targets(parts[3])));
  }

  private static String text(List<StopTarget> targets) {
    StringBuilder text = new StringBuilder();
    for (StopTarget target : targets) {
      if (text.length() > 0) {
        text.append(Text.RECORD);
      }
      text.append(Text.name(target.sessionId())).append(Text.RECORD).append(target.token());
    }
    return text.toString();
  }

  private static List<StopTarget> targets(String text) {
    List<String> parts = Text.names(text);
    List<StopTarget> targets = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      targets.add(new StopTarget(parts.get(i), Long.parseLong(parts.get(i + 1))));
    }
    return targets;
  }
}
