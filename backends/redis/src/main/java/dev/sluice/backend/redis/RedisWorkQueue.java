package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.PackedItem;
import dev.sluice.backend.redis.reply.PublicName;
import dev.sluice.backend.redis.reply.QueueReader;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.SessionReader;
import dev.sluice.backend.redis.reply.StandingReader;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.ContentHash;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.PublicId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class RedisWorkQueue implements WorkQueue {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisWorkQueue(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public List<Enqueued> enqueue(String org, List<NewWork> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    orgs.add(org);
    List<Object> replies =
        scripts.runAll(LuaFunction.ENQUEUE, items.stream().map(item -> run(org, item)).toList());
    List<Enqueued> results = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String id = items.get(i).sessionId();
      if (replies.get(i) instanceof Reply reply) {
        results.add(result(id, reply));
      } else {
        results.add(refused(id, FunctionRunner.refusalOfOne(replies.get(i))));
      }
      if (results.get(i).refusal() == Refusal.DAMAGED) {
        scripts.noteDamage(org, id);
      }
    }
    return List.copyOf(results);
  }

  private static Run run(String org, NewWork item) {
    String id = item.sessionId();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Text.name(id),
                Text.name(item.project()),
                Text.join(PackedNames.packSorted(item.requiredCapabilities(), item.repository())),
                Text.ordered(item.score()),
                String.valueOf(item.priority()),
                String.valueOf(item.queuedAtMs()),
                ContentHash.shortened(Text.name(item.contentHash())),
                item.issueId().equals(id) ? "" : Text.name(item.issueId()),
                item.issueIdentifier().equals(id) ? "" : Text.name(item.issueIdentifier()),
                String.valueOf(item.notBeforeMs()),
                String.valueOf(item.deadlineMs()),
                PackedItem.pack(
                    item.item(), id, item.project(), item.queuedAtMs(), item.subject().title()),
                String.valueOf(StoredBytes.of(item))));
    arguments.addAll(call(item.idempotency()));
    arguments.add(Text.subject(item.subject()));
    arguments.add(PublicId.possible(id) ? PublicName.stored(id) : "");
    item.publicIds().forEach(name -> arguments.add(PublicName.stored(Text.name(name))));
    return new Run(org, arguments);
  }

  /** Key, part and content hash; empty texts without a key. */
  static List<String> call(@Nullable Idempotency call) {
    return call == null
        ? List.of("", "", "")
        : List.of(Text.name(call.key()), String.valueOf(call.part()), Text.name(call.bodyHash()));
  }

  private static Enqueued result(String id, Reply reply) {
    if (!reply.status().equals("OK")) {
      return refused(id, Refusal.valueOf(reply.status()));
    }
    boolean replayed = reply.size() > 3;
    return new Enqueued(
        replayed ? reply.text(3) : id,
        reply.flag(0),
        SessionState.valueOf(reply.text(1)),
        (int) reply.number(2),
        null,
        replayed);
  }

  private static Enqueued refused(String id, Refusal refusal) {
    return new Enqueued(id, false, SessionState.PENDING, 0, refusal);
  }

  @Override
  public Counts counts(String org) {
    Reply reply = scripts.run(LuaFunction.COUNTS, org, Run.of(org));
    return QueueReader.counts(reply.all(), 0);
  }

  @Override
  public long storedBytes(String org) {
    Reply reply = scripts.run(LuaFunction.COUNTS, org, Run.of(org));
    return (Long) reply.all().get(6);
  }

  @Override
  public Standing standing(String org, String sessionId) {
    Reply reply = scripts.run(LuaFunction.STANDING, sessionId, Run.of(org, sessionId));
    return StandingReader.read(reply.all(), QueueReader.read(reply.list(3)));
  }

  @Override
  public Page<Session> list(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    Reply reply = page(LuaFunction.LIST_WORK, org, project, place, cursor, limit);
    return sessions(reply);
  }

  @Override
  public Page<Standing> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    Reply reply = page(LuaFunction.LIST_STANDINGS, org, project, place, cursor, limit);
    ProjectQueue queue = QueueReader.read(reply.list(3));
    return new Page<>(StandingReader.readAll(reply.list(0), queue), cursor(reply));
  }

  private Reply page(
      LuaFunction script,
      String org,
      String project,
      Place place,
      @Nullable Cursor cursor,
      int limit) {
    if (!place.waits()) {
      throw new IllegalArgumentException("no list of a project's work " + place);
    }
    String from = "";
    if (cursor != null) {
      boolean byScore = place != Place.LATER;
      from = byScore ? Text.ordered(cursor.number()) : String.valueOf(cursor.number());
    }
    return scripts.run(
        script,
        project,
        Run.of(
            org,
            Text.name(project),
            place.name(),
            from,
            cursor == null ? "" : Text.name(cursor.name()),
            String.valueOf(limit)));
  }

  /** Reads sessions, number and name of the cursor. */
  static Page<Session> sessions(Reply reply) {
    return new Page<>(SessionReader.readAll(reply.list(0)), cursor(reply));
  }

  static @Nullable Cursor cursor(Reply reply) {
    String name = reply.text(2);
    if (name.isEmpty()) {
      return null;
    }
    // Redis writes scores of more than 17 digits with an exponent.
    String number = reply.text(1);
    boolean huge = number.indexOf('e') >= 0;
    return new Cursor(huge ? (long) Double.parseDouble(number) : Long.parseLong(number), name);
  }

  @Override
  public Session reprioritise(String org, String sessionId, int priority, AuditNote note) {
    AuditAct act = AuditAct.reprioritise(sessionId, priority);
    return reorder(Run.of(org, sessionId, String.valueOf(priority)).audited(note, act), sessionId);
  }

  @Override
  public Session front(String org, String sessionId, AuditNote note) {
    AuditAct act = AuditAct.front(sessionId);
    return reorder(Run.of(org, sessionId, "").audited(note, act), sessionId);
  }

  private Session reorder(Run run, String sessionId) {
    Reply reply = scripts.run(LuaFunction.REORDER, sessionId, run);
    return SessionReader.read(reply.list(0));
  }
}
