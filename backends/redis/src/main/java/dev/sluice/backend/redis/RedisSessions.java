package dev.sluice.backend.redis;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.SessionState.Transition;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StatusResult;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Status reports, nacks, stops. */
final class RedisSessions implements Sessions {

  private final ScriptRunner scripts;

  RedisSessions(ScriptRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public Decided<Session> find(String org, String sessionId) {
    Reply reply =
        scripts.runRepeatable(
            LuaScript.FIND_SESSION,
            Subject.session(sessionId),
            ScriptRunner.Run.of(org, sessionId));
    return reply.decided(SessionReader.read(reply.list(0), reply.seq()));
  }

  @Override
  public Decided<StatusResult> report(
      String org, String sessionId, Holder holder, StatusReport report) {
    SessionState target = report.target();
    boolean letsGo = target.terminal() || target == SessionState.FINALIZING;
    List<String> arguments = new ArrayList<>();
    arguments.add(sessionId);
    arguments.addAll(holder(holder));
    arguments.add(target.name());
    arguments.add(transitions(target));
    arguments.add(target.terminal() ? "1" : "0");
    arguments.add(letsGo ? "1" : "0");
    report
        .fields()
        .forEach(
            (name, value) -> {
              arguments.add(name);
              arguments.add(value);
            });
    Reply reply =
        scripts.run(
            LuaScript.REPORT,
            Subject.session(sessionId),
            new ScriptRunner.Run(org, List.copyOf(arguments)));
    return reply.decided(
        new StatusResult(
            Transition.valueOf(reply.text(0)),
            SessionReader.read(reply.list(2), reply.seq()),
            reply.flag(1)));
  }

  /** What a report does in each state: the script has no state machine of its own. */
  private static String transitions(SessionState target) {
    return Arrays.stream(SessionState.values())
        .filter(state -> state != SessionState.PENDING)
        .map(state -> state.name() + ":" + state.onReport(target).name())
        .collect(Collectors.joining(" "));
  }

  @Override
  public Decided<Boolean> nack(String org, String sessionId, Holder holder) {
    List<String> arguments = new ArrayList<>();
    arguments.add(sessionId);
    arguments.addAll(holder(holder));
    Reply reply =
        scripts.run(
            LuaScript.NACK,
            Subject.session(sessionId),
            new ScriptRunner.Run(org, List.copyOf(arguments)));
    return reply.decided(reply.flag(0));
  }

  @Override
  public Decided<StopResult> stop(String org, String sessionId, StopOrder order) {
    MessageContent content =
        new MessageContent(
            MessageType.STOP, Lane.URGENT, order.payload(), order.userId(), order.userName());
    Reply reply =
        scripts.runRepeatable(
            LuaScript.STOP,
            Subject.session(sessionId),
            ScriptRunner.Run.of(org, sessionId, content.json()));
    return reply.decided(
        new StopResult(SessionReader.read(reply.list(1), reply.seq()), Text.orNull(reply.text(0))));
  }

  /** The three arguments that say who calls. */
  static List<String> holder(Holder holder) {
    return List.of(
        Text.name(holder.workerId()),
        Text.orEmpty(holder.registeredBy()),
        String.valueOf(holder.token()));
  }
}
