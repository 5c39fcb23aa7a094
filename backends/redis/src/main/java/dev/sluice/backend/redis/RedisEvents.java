package dev.sluice.backend.redis;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.reply.LineReader;
import dev.sluice.backend.redis.reply.Reply;
import java.util.List;

final class RedisEvents implements EventLog {

  private final FunctionRunner scripts;

  RedisEvents(FunctionRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public EventPage after(String org, long after, int limit) {
    Run run = Run.of(org, String.valueOf(after), String.valueOf(limit));
    Reply reply = scripts.run(LuaFunction.LIST_EVENTS, org, run);
    List<String> lines = Reply.texts(reply.list(2));
    return new EventPage(LineReader.logged(lines, after + 1), reply.number(0), reply.number(1));
  }
}
