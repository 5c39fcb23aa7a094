package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.reply.LineReader;
import dev.sluice.backend.redis.reply.MessageContent;
import dev.sluice.backend.redis.reply.PublicName;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.SessionReader;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class RedisSessions implements Sessions {

  private final FunctionRunner scripts;

  RedisSessions(FunctionRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public Session find(String org, String sessionId) {
    Reply reply = scripts.run(LuaFunction.FIND_SESSION, sessionId, Run.of(org, sessionId));
    return session(reply, 0);
  }

  @Override
  public StatusResult report(String org, String sessionId, Holder holder, StatusReport report) {
    SessionState target = report.target();
    boolean letsGo = target.terminal() || target == SessionState.FINALIZING;
    List<String> arguments = call(sessionId, holder);
    arguments.add(target.name());
    arguments.add(transitions(target));
    arguments.add(target.terminal() ? "1" : "0");
    arguments.add(letsGo ? "1" : "0");
    arguments.add(String.valueOf(Math.max(report.costMicroUsd(), -1)));
    arguments.add(target.terminal() ? Event.lateResult(report) : "");
    Attempt attempt = report.attempt();
    arguments.add(attempt == null ? "" : Text.name(attempt.id()));
    arguments.add(attempt == null ? "" : Text.name(attempt.bodyHash()));
    Failure failure = report.failure();
    arguments.add(failure == null ? "" : failure.remedy().wire());
    arguments.add(failure == null ? "" : Text.name(failure.cause()));
    arguments.add(failure != null && failure.machine() ? "1" : "0");
    addFields(arguments, report.fields());
    Reply reply = scripts.run(LuaFunction.REPORT, sessionId, new Run(org, arguments));
    return new StatusResult(
        Transition.valueOf(reply.text(0)), session(reply, 3), reply.flag(1), reply.flag(2));
  }

  private static void addFields(List<String> arguments, Map<String, String> fields) {
    fields.forEach(
        (name, value) -> {
          arguments.add(name);
          arguments.add(value);
        });
  }

  /** The effect of a report in each state: the script has no state machine. */
  private static String transitions(SessionState target) {
    return Arrays.stream(SessionState.values())
        .filter(state -> state != SessionState.PENDING)
        .map(state -> state.name() + ":" + state.onReport(target).name())
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean nack(
      String org, String sessionId, Holder holder, @Nullable NackReason reason, boolean denied) {
    List<String> arguments = call(sessionId, holder);
    arguments.add(reason == null ? "" : reason.line());
    arguments.add(reason == null ? "" : reason.json());
    arguments.add(denied ? "1" : "0");
    Reply reply = scripts.run(LuaFunction.NACK, sessionId, new Run(org, arguments));
    return reply.flag(0);
  }

  @Override
  public StopResult stop(
      String org, String sessionId, StopMessage order, Set<Place> from, AuditNote note) {
    MessageContent content =
        new MessageContent(MessageType.STOP, Lane.URGENT, order.userId(), order.userName());
    Reply reply =
        scripts.run(
            LuaFunction.STOP,
            sessionId,
            Run.of(org, sessionId, content.with(order.payload()), places(from))
                .audited(note, AuditAct.stop(sessionId)));
    return new StopResult(session(reply, 1), Text.orNull(reply.text(0)));
  }

  @Override
  public Page<Session> list(String org, Place place, @Nullable Cursor cursor, int limit) {
    return sessions(org, null, place, cursor, limit, "1");
  }

  @Override
  public Page<Session> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return sessions(org, project, place, cursor, limit, "0");
  }

  private Page<Session> sessions(
      String org,
      @Nullable String project,
      Place place,
      @Nullable Cursor cursor,
      int limit,
      String withItems) {
    if (!place.listed(project)) {
      throw new IllegalArgumentException("no list of " + place + " sessions");
    }
    Reply reply =
        scripts.run(
            LuaFunction.LIST_SESSIONS,
            org,
            Run.of(
                org,
                place.name(),
                number(cursor),
                name(cursor),
                String.valueOf(limit),
                withItems,
                Text.orEmpty(project)));
    return RedisWorkQueue.sessions(reply);
  }

  @Override
  public Page<Claim> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.LIST_CLAIMS,
            org,
            Run.of(
                org, Text.orEmpty(project), number(cursor), name(cursor), String.valueOf(limit)));
    return new Page<>(
        SessionReader.readClaims(reply.list(0), project), RedisWorkQueue.cursor(reply));
  }

  @Override
  public List<Headline> headlines(String org, List<String> ids) {
    Run run = new Run(org, ids.stream().map(Text::name).toList());
    Reply reply = scripts.run(LuaFunction.LIST_HEADLINES, org, run);
    return SessionReader.readHeadlines(reply.list(0));
  }

  @Override
  public List<Stage> stages(String org, List<String> ids) {
    Run run = new Run(org, ids.stream().map(Text::name).toList());
    Reply reply = scripts.run(LuaFunction.LIST_STAGES, org, run);
    return SessionReader.readStages(reply.list(0));
  }

  @Override
  public Page<Session> ofIssue(
      String org, String issueIdentifier, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.LIST_OF_ISSUE,
            org,
            Run.of(org, issueIdentifier, name(cursor), String.valueOf(limit)));
    return RedisWorkQueue.sessions(reply);
  }

  @Override
  public ClaimResult claim(String org, String sessionId, WorkerRef worker) {
    Reply reply =
        scripts.run(
            LuaFunction.CLAIM,
            sessionId,
            Run.of(
                org, sessionId, Text.name(worker.workerId()), Text.orEmpty(worker.registeredBy())));
    String denial = reply.text(0);
    return new ClaimResult(
        session(reply, 1), denial.isEmpty() ? null : ClaimDenial.valueOf(denial));
  }

  @Override
  public Session findPublic(String org, String publicId) {
    Reply reply =
        scripts.run(LuaFunction.FIND_PUBLIC, publicId, Run.of(org, PublicName.stored(publicId)));
    return session(reply, 0);
  }

  @Override
  public Session touch(String org, String sessionId, Holder holder) {
    Reply reply = scripts.run(LuaFunction.TOUCH, sessionId, new Run(org, call(sessionId, holder)));
    return session(reply, 0);
  }

  @Override
  public LockState refresh(String org, String sessionId, Holder holder, RefreshRequest request) {
    List<String> arguments = call(sessionId, holder);
    arguments.add(request.injects() ? "1" : "0");
    arguments.add(Text.orEmpty(request.ackedMessage()));
    for (Undeliverable each : request.undeliverable()) {
      arguments.add(Text.name(each.messageId()));
      arguments.add(Text.name(each.words()));
    }
    // Not repeatable: a second refresh in the grace of a stop releases the claim.
    Reply reply = scripts.run(LuaFunction.REFRESH, sessionId, new Run(org, arguments));
    String message = reply.text(2);
    return new LockState(
        reply.flag(0),
        session(reply, 1),
        message.isEmpty()
            ? null
            : MessageContent.message(sessionId, message, reply.text(3))
                .offered(Long.parseLong(reply.text(4))));
  }

  @Override
  public ActivityResult addActivity(
      String org, String sessionId, Holder holder, NewActivity activity) {
    List<String> arguments = call(sessionId, holder);
    arguments.add(Text.name(activity.type()));
    arguments.add(activity.body());
    arguments.add(Text.orEmpty(activity.toolName()));
    addFields(arguments, activity.fields());
    Reply reply = scripts.run(LuaFunction.ADD_ACTIVITY, sessionId, new Run(org, arguments));
    return new ActivityResult(
        new Activity(
            Long.parseLong(reply.text(0)),
            Long.parseLong(reply.text(1)),
            activity.type(),
            activity.body()),
        session(reply, 2));
  }

  @Override
  public List<Activity> activities(String org, String sessionId, long afterId, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.ACTIVITIES,
            sessionId,
            Run.of(org, sessionId, String.valueOf(afterId), String.valueOf(limit)));
    return LineReader.activities(Reply.texts(reply.list(0)));
  }

  @Override
  public List<Event> timeline(String org, String sessionId) {
    Reply reply = scripts.run(LuaFunction.TIMELINE, sessionId, Run.of(org, sessionId));
    return LineReader.events(Reply.texts(reply.list(0)));
  }

  @Override
  public List<String> giveBack(String org, String workerId, Map<String, Long> tokens) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Text.name(workerId));
    tokens.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Names::compareBytes))
        .forEach(
            claim -> {
              arguments.add(Text.name(claim.getKey()));
              arguments.add(String.valueOf(claim.getValue()));
            });
    Reply reply = scripts.run(LuaFunction.GIVE_BACK, workerId, new Run(org, arguments));
    return List.copyOf(Reply.texts(reply.list(0)));
  }

  @Override
  public Session transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld) {
    Reply reply =
        scripts.run(
            LuaFunction.TRANSFER,
            sessionId,
            Run.of(
                org,
                sessionId,
                Text.name(oldWorkerId),
                Text.name(worker.workerId()),
                Text.orEmpty(worker.registeredBy()),
                speaksForOld ? "1" : "0"));
    return session(reply, 0);
  }

  @Override
  public Session requeue(String org, String sessionId, Set<Place> from, AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.REQUEUE,
            sessionId,
            Run.of(org, sessionId, places(from)).audited(note, AuditAct.requeue(sessionId)));
    return session(reply, 0);
  }

  private static Session session(Reply reply, int index) {
    return SessionReader.read(reply.list(index));
  }

  private static String number(@Nullable Cursor cursor) {
    return cursor == null ? "" : String.valueOf(cursor.number());
  }

  private static String name(@Nullable Cursor cursor) {
    return cursor == null ? "" : Text.name(cursor.name());
  }

  /** Puts each between blanks. */
  private static String places(Set<Place> from) {
    return from.stream().map(Place::name).collect(Collectors.joining(" ", " ", " "));
  }

  /** First arguments of a call of a session's owner. */
  private static List<String> call(String sessionId, Holder holder) {
    List<String> arguments = new ArrayList<>();
    arguments.add(sessionId);
    arguments.addAll(holder(holder));
    return arguments;
  }

  static List<String> holder(Holder holder) {
    return List.of(
        Text.name(holder.workerId()),
        Text.orEmpty(holder.registeredBy()),
        holder.named() == null
            ? String.valueOf(holder.token())
            : holder.token() + " " + Text.name(holder.named()));
  }
}
