package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.LineReader;
import dev.sluice.backend.redis.reply.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class RedisAudit implements Audit {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisAudit(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public Page<AuditLine> list(String org, @Nullable Cursor cursor, int limit) {
    long before = Audit.before(org, cursor);
    Reply reply =
        scripts.run(
            LuaFunction.LIST_AUDIT,
            org,
            Run.of(org, String.valueOf(before), String.valueOf(limit)));
    List<AuditLine> lines = LineReader.audit(Reply.texts(reply.list(0)));
    boolean more = reply.flag(1) && !lines.isEmpty();
    return new Page<>(lines, more ? Audit.cursor(org, lines.get(lines.size() - 1)) : null);
  }

  @Override
  public AuditLine add(String org, AuditNote note, String verb, String object, String detail) {
    orgs.add(org);
    Reply reply =
        scripts.run(
            LuaFunction.ADD_AUDIT,
            org,
            Run.of(org).audited(note, new AuditAct(verb, object, detail)));
    return LineReader.audit(List.of(reply.text(0))).get(0);
  }
}
