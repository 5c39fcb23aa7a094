package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.FindingText;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import java.util.ArrayList;
import java.util.List;

final class RedisFindings implements Findings {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisFindings(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public List<Finding> list(String org) {
    Reply reply = scripts.run(LuaFunction.LIST_FINDINGS, org, Run.of(org));
    return FindingText.list(reply.list(0));
  }

  @Override
  public boolean observe(String org, List<SeenFinding> seen, long seenMs, boolean tell) {
    orgs.add(org);
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(seenMs), tell ? "1" : "0"));
    for (SeenFinding each : seen) {
      arguments.add(each.key());
      arguments.add(each.kind());
      arguments.add(each.subject());
      arguments.add(each.project());
      arguments.add(each.words());
    }
    Reply reply = scripts.run(LuaFunction.OBSERVE, org, new Run(org, arguments));
    return reply.flag(0);
  }

  @Override
  public Finding acknowledge(String org, String key, AuditNote note) {
    return mark(org, key, "", note, AuditAct.acknowledge(key));
  }

  @Override
  public Finding mute(String org, String key, long untilMs, AuditNote note) {
    return mark(org, key, String.valueOf(untilMs), note, AuditAct.mute(key, untilMs));
  }

  private Finding mark(String org, String key, String untilMs, AuditNote note, AuditAct act) {
    Run run = Run.of(org, Text.name(key), untilMs).audited(note, act);
    Reply reply = scripts.run(LuaFunction.MARK_FINDING, key, run);
    return FindingText.read(key, reply.text(0));
  }

  @Override
  public List<FindingNotice> takeNotices(String org, List<String> delivered, int limit) {
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(limit)));
    arguments.addAll(delivered);
    Reply reply = scripts.run(LuaFunction.TAKE_NOTICES, org, new Run(org, arguments));
    return FindingText.notices(reply.list(0));
  }
}
