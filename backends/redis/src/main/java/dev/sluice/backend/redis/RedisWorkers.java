package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.NodeName;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.MessageContent;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.SessionReader;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.reply.WorkerReader;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.HeartbeatResult.Verdict;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class RedisWorkers implements Workers {

  /** No accounts; an empty argument leaves them as they are. */
  private static final String NO_QUOTA = "-";

  private final FunctionRunner scripts;
  private final OrgList orgs;
  private final NodeName node;

  RedisWorkers(FunctionRunner scripts, OrgList orgs, NodeName node) {
    this.scripts = scripts;
    this.orgs = orgs;
    this.node = node;
  }

  @Override
  public Worker register(String org, Registration registration) {
    orgs.add(org);
    Reply reply =
        scripts.run(
            LuaFunction.REGISTER,
            registration.workerId(),
            Run.of(
                org,
                registration.workerId(),
                Text.name(registration.registeredBy()),
                registration.dialect().name(),
                registration.hostname(),
                String.valueOf(registration.capacity()),
                Text.join(PackedNames.pack(registration.projects())),
                Text.join(
                    PackedNames.pack(registration.capabilities(), registration.repositories())),
                flag(registration.draining()),
                registration.details(),
                Text.join(PackedNames.pack(registration.projects().taking())),
                Text.orEmpty(registration.machineId()),
                String.valueOf(StoredBytes.of(registration))));
    return WorkerReader.read(reply.list(0));
  }

  @Override
  public HeartbeatResult heartbeat(WorkerRef worker, Heartbeat heartbeat) {
    Projects projects = heartbeat.projects();
    List<String> held = heartbeat.held();
    List<String> repositories = heartbeat.repositories();
    List<String> arguments = new ArrayList<>();
    arguments.add(worker.workerId());
    arguments.add(Text.orEmpty(worker.registeredBy()));
    arguments.add(String.valueOf(heartbeat.activeCount()));
    arguments.add(orEmpty(heartbeat.capacity()));
    arguments.add(heartbeat.draining() == null ? "" : flag(heartbeat.draining()));
    arguments.add(orEmpty(heartbeat.quarantined()));
    arguments.add(flag(projects != null));
    arguments.add(projects == null ? "" : Text.join(PackedNames.pack(projects)));
    arguments.add(projects == null ? "" : Text.join(PackedNames.pack(projects.taking())));
    arguments.add(flag(heartbeat.counted()));
    arguments.add(flag(held != null));
    arguments.add(flag(repositories != null));
    arguments.add(repositories == null ? "" : Text.join(PackedNames.packAll(repositories)));
    arguments.add(quota(heartbeat.quota()));
    if (held != null) {
      held.forEach(id -> arguments.add(Text.name(id)));
    }
    Reply reply =
        scripts.run(LuaFunction.HEARTBEAT, worker.workerId(), new Run(worker.org(), arguments));
    Map<String, Verdict> verdicts = new HashMap<>();
    for (int i = 0; held != null && i < held.size(); i++) {
      verdicts.put(held.get(i), verdict(reply.text(1).charAt(i)));
    }
    boolean told = reply.size() > 3; // an answer that an older node remembered has less
    return new HeartbeatResult(
        reply.number(0),
        verdicts,
        told ? Dialect.valueOf(reply.text(2)) : null,
        told && reply.text(3).equals("1"));
  }

  private static String quota(@Nullable String quota) {
    return quota == null ? "" : quota.isEmpty() ? NO_QUOTA : quota;
  }

  private static Verdict verdict(char letter) {
    return letter == 'K' ? Verdict.KEEP : letter == 'A' ? Verdict.ADOPT : Verdict.REAP;
  }

  private static String orEmpty(@Nullable Integer number) {
    return number == null ? "" : String.valueOf(number);
  }

  @Override
  public PollResult poll(PollRequest request) {
    WorkerRef worker = request.worker();
    Reply reply =
        scripts.run(
            LuaFunction.POLL,
            worker.workerId(),
            Run.of(
                worker.org(),
                worker.workerId(),
                Text.orEmpty(worker.registeredBy()),
                Text.name(request.requestId()),
                String.valueOf(request.max()),
                flag(request.batch()),
                node.current()));
    List<String> has = Text.names(reply.text(1));
    return new PollResult(
        claims(reply),
        messages(reply),
        jobs(reply),
        Dialect.valueOf(reply.text(0)),
        PackedNames.capabilities(has),
        PackedNames.repositories(has),
        PackedNames.projects(Text.names(reply.text(2))),
        Integer.parseInt(reply.text(3).substring(1)),
        reply.text(3).charAt(0) == '1');
  }

  /** Index of the number of claims in a poll's reply; they follow it. */
  private static final int CLAIMS = 4;

  /** Values of a claim or message in a poll's reply. */
  private static final int EACH = 4;

  private static int claimsEnd(Reply reply) {
    return CLAIMS + 1 + (int) reply.number(CLAIMS) * EACH;
  }

  private static List<ClaimedWork> claims(Reply reply) {
    List<ClaimedWork> claims = new ArrayList<>();
    for (int i = CLAIMS + 1; i < claimsEnd(reply); i += EACH) {
      String[] about = reply.text(i + 2).split(String.valueOf(Text.UNIT), 3);
      long queuedAt = Long.parseLong(about[1]);
      claims.add(
          new ClaimedWork(
              reply.text(i),
              Long.parseLong(reply.text(i + 1)),
              Long.parseLong(about[0]),
              about[2],
              queuedAt,
              SessionReader.item(reply.text(i + 3), reply.text(i), about[2], queuedAt)));
    }
    return claims;
  }

  private static List<Message> messages(Reply reply) {
    List<Message> messages = new ArrayList<>();
    for (int i = claimsEnd(reply); i + EACH <= reply.size(); i += EACH) {
      Message message = MessageContent.message(reply.text(i), reply.text(i + 1), reply.text(i + 3));
      messages.add(message.offered(Long.parseLong(reply.text(i + 2))));
    }
    // A stable sort: the messages of a session keep their order.
    messages.sort((a, b) -> Names.compareBytes(a.sessionId(), b.sessionId()));
    return messages;
  }

  /** Reads the list at the end, if there is one. */
  private static List<BatchOffer> jobs(Reply reply) {
    int behind = (reply.size() - CLAIMS - 1) % EACH;
    if (behind == 0) {
      return List.of();
    }
    List<String> values = Reply.texts(reply.list(reply.size() - 1));
    List<BatchOffer> jobs = new ArrayList<>();
    for (int i = 0; i < values.size(); i += 2) {
      jobs.add(new BatchOffer(values.get(i), values.get(i + 1)));
    }
    return jobs;
  }

  @Override
  public Worker find(WorkerRef worker) {
    Reply reply =
        scripts.run(
            LuaFunction.FIND_WORKER,
            worker.workerId(),
            Run.of(worker.org(), worker.workerId(), Text.orEmpty(worker.registeredBy())));
    return WorkerReader.read(reply.list(0));
  }

  @Override
  public List<String> deregister(WorkerRef worker, @Nullable AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.DEREGISTER,
            worker.workerId(),
            Run.of(worker.org(), worker.workerId(), Text.orEmpty(worker.registeredBy()))
                .audited(note, AuditAct.deregister(worker.workerId())));
    List<String> returned = Reply.texts(reply.list(0));
    returned.sort(Names::compareBytes);
    return List.copyOf(returned);
  }

  @Override
  public Page<Worker> list(String org, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.LIST_WORKERS,
            org,
            Run.of(
                org,
                cursor == null ? "" : String.valueOf(cursor.number()),
                cursor == null ? "" : Text.name(cursor.name()),
                String.valueOf(limit)));
    return new Page<>(WorkerReader.readAll(reply.list(0)), RedisWorkQueue.cursor(reply));
  }

  @Override
  public Worker drain(String org, String workerId, boolean drain, @Nullable AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.DRAIN,
            workerId,
            Run.of(org, workerId, flag(drain)).audited(note, AuditAct.drain(workerId, drain)));
    return WorkerReader.read(reply.list(0));
  }

  @Override
  public Worker setNote(String org, String workerId, String text, AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.NOTE,
            workerId,
            FunctionRunner.Run.of(org, workerId, text)
                .audited(note, AuditAct.setNote(workerId, text)));
    return WorkerReader.read(reply.list(0));
  }

  @Override
  public Worker protect(String org, String workerId, long untilMs, AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.PROTECT,
            workerId,
            Run.of(org, workerId, String.valueOf(untilMs))
                .audited(note, AuditAct.protect(workerId, untilMs)));
    return WorkerReader.read(reply.list(0));
  }

  private static String flag(boolean value) {
    return value ? "1" : "0";
  }
}
