package dev.sluice.backend.redis;

import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Message;
import dev.sluice.backend.Names;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** A worker's life from its registration to its deletion. */
final class RedisWorkers implements Workers {

  /** Fields of a worker's record that name an active session begin with this. */
  private static final String ACTIVE = "a:";

  private final ScriptRunner scripts;
  private final OrgList orgs;

  RedisWorkers(ScriptRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public Decided<Worker> register(String org, Registration registration) {
    orgs.add(org);
    Reply reply =
        scripts.runRepeatable(
            LuaScript.REGISTER,
            Subject.worker(registration.workerId()),
            ScriptRunner.Run.of(
                org,
                registration.workerId(),
                Text.name(registration.registeredBy()),
                registration.dialect().name(),
                registration.hostname(),
                String.valueOf(registration.capacity()),
                Text.join(registration.projects()),
                Text.join(registration.capabilities()),
                flag(registration.draining()),
                registration.details(),
                takes(registration.projects())));
    return worker(registration.workerId(), reply);
  }

  /** Work of no project in particular is for all. */
  private static String takes(List<String> projects) {
    if (projects.isEmpty()) {
      return "";
    }
    Set<String> takes = new LinkedHashSet<>(projects);
    takes.add(NewWork.ANY_PROJECT);
    return Text.join(List.copyOf(takes));
  }

  @Override
  public Decided<Long> heartbeat(WorkerRef worker, Heartbeat heartbeat) {
    Integer capacity = heartbeat.capacity();
    Boolean draining = heartbeat.draining();
    Reply reply =
        scripts.runRepeatable(
            LuaScript.HEARTBEAT,
            Subject.worker(worker.workerId()),
            ScriptRunner.Run.of(
                worker.org(),
                worker.workerId(),
                Text.orEmpty(worker.registeredBy()),
                String.valueOf(heartbeat.activeCount()),
                capacity == null ? "" : String.valueOf(capacity),
                draining == null ? "" : flag(draining)));
    return reply.decided(reply.number(0));
  }

  @Override
  public Decided<PollResult> poll(PollRequest request) {
    WorkerRef worker = request.worker();
    Reply reply =
        scripts.runRepeatable(
            LuaScript.POLL,
            Subject.worker(worker.workerId()),
            ScriptRunner.Run.of(
                worker.org(),
                worker.workerId(),
                Text.orEmpty(worker.registeredBy()),
                Text.name(request.requestId()),
                String.valueOf(request.max())));
    return reply.decided(
        new PollResult(
            claims(reply),
            messages(reply),
            Dialect.valueOf(reply.text(0)),
            Text.names(reply.text(1))));
  }

  /** What a poll's reply says of each claim, and then of each message, are so many values. */
  private static final int EACH = 4;

  private static int claimsEnd(Reply reply) {
    return 3 + (int) reply.number(2) * EACH;
  }

  private static List<ClaimedWork> claims(Reply reply) {
    List<ClaimedWork> claims = new ArrayList<>();
    for (int i = 3; i < claimsEnd(reply); i += EACH) {
      claims.add(
          new ClaimedWork(
              reply.text(i),
              Long.parseLong(reply.text(i + 1)),
              Long.parseLong(reply.text(i + 2)),
              SessionReader.item(reply.text(i + 3))));
    }
    return claims;
  }

  private static List<Message> messages(Reply reply) {
    List<Message> messages = new ArrayList<>();
    for (int i = claimsEnd(reply); i < reply.size(); i += EACH) {
      messages.add(MessageContent.message(reply.text(i), reply.text(i + 1), reply.text(i + 3)));
    }
    // Within a session the script's order stays.
    messages.sort((a, b) -> Names.compareBytes(a.sessionId(), b.sessionId()));
    return messages;
  }

  @Override
  public Decided<Worker> find(WorkerRef worker) {
    Reply reply =
        scripts.runRepeatable(
            LuaScript.FIND_WORKER,
            Subject.worker(worker.workerId()),
            ScriptRunner.Run.of(
                worker.org(), worker.workerId(), Text.orEmpty(worker.registeredBy())));
    return worker(worker.workerId(), reply);
  }

  @Override
  public Decided<List<String>> deregister(WorkerRef worker) {
    Reply reply =
        scripts.run(
            LuaScript.DEREGISTER,
            Subject.worker(worker.workerId()),
            ScriptRunner.Run.of(
                worker.org(), worker.workerId(), Text.orEmpty(worker.registeredBy())));
    List<String> returned = Reply.texts(reply.list(0));
    returned.sort(Names::compareBytes);
    return reply.decided(List.copyOf(returned));
  }

  private static Decided<Worker> worker(String id, Reply reply) {
    Map<String, String> record = Reply.map(reply.list(0));
    try {
      List<String> active = new ArrayList<>();
      for (String field : record.keySet()) {
        if (field.startsWith(ACTIVE)) {
          active.add(field.substring(ACTIVE.length()));
        }
      }
      active.sort(Names::compareBytes);
      Iterator<String> state = Text.fields(value(record, "state")).iterator();
      Dialect dialect = Dialect.valueOf(state.next());
      final long seen = Long.parseLong(state.next());
      int capacity = Integer.parseInt(state.next());
      String flags = state.next();
      Registration registration =
          new Registration(
              id,
              value(record, "registered_by"),
              dialect,
              value(record, "hostname"),
              capacity,
              Text.names(value(record, "projects")),
              Text.names(value(record, "capabilities")),
              flags.startsWith("1"),
              value(record, "details"));
      return reply.decided(
          new Worker(
              registration,
              Integer.parseInt(value(record, "active_count")),
              active,
              Long.parseLong(value(record, "registered_at")),
              seen,
              flags.endsWith("1")));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new RefusedException(
          Refusal.DAMAGED, "the record of worker " + id + " is damaged", null, reply.seq());
    }
  }

  private static String value(Map<String, String> record, String field) {
    String value = record.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field);
    }
    return value;
  }

  private static String flag(boolean value) {
    return value ? "1" : "0";
  }
}
