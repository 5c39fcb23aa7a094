package dev.sluice.backend.redis.agentfactory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.redis.RedisUnderTest;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.OrgRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;

/** Writes single records as AgentFactory does. */
final class OtherServer implements AutoCloseable {

  static final String WORKER = "wkr_0123456789abcdef";

  private final RedisServerProcess server = RedisServerProcess.start();
  private final RedisServerProcess target = RedisServerProcess.start();
  private final Jedis jedis = server.connect();

  void clear() {
    jedis.flushAll();
  }

  /** Checks that the records enter the stores as they are. */
  Imported read() {
    Imported imported = Imported.of(server);
    MovableClock clock = new MovableClock();
    clock.jump(Duration.ofMillis(now() + 1_000 - clock.now()));
    try (QueueBackend memory = new MemoryBackend(Rules.DEFAULTS, clock);
        RedisUnderTest redis = new RedisUnderTest(target, Rules.DEFAULTS, clock)) {
      assertEnters(memory, imported);
      assertEnters(redis.backend(), imported);
    }
    return imported;
  }

  private static void assertEnters(QueueBackend store, Imported imported) {
    store.transfers().close("default", OrgCopy.closure(Purpose.IMPORT), null);
    OrgCopy.write(store, "default", imported.records());
    assertThat(withoutNumbers(OrgCopy.read(store, "default")))
        .containsExactlyInAnyOrderElementsOf(withoutNumbers(imported.records()));
  }

  private static List<OrgRecord> withoutNumbers(List<OrgRecord> records) {
    return records.stream().filter(each -> !(each instanceof OrgRecord.Numbers)).toList();
  }

  RedisServerProcess server() {
    return server;
  }

  Jedis jedis() {
    return jedis;
  }

  long now() {
    return Long.parseLong(jedis.time().get(0)) * 1000;
  }

  static String item(String id, String members) {
    return """
        {"sessionId":"%s","issueId":"i-%s","issueIdentifier":"ENG-1"%s}"""
        .formatted(id, id, members);
  }

  /** Priority 3, in the queue since a minute. */
  static String item(String id, long now) {
    return item(id, ",\"priority\":3,\"queuedAt\":%d,\"prompt\":\"do it\"".formatted(now - 60_000));
  }

  void queue(String id, String item, double score) {
    jedis.hset("work:items", id, item);
    jedis.zadd("work:queue", score, id);
  }

  void queue(String id) {
    queue(id, item(id, now()), 3e13 + now() - 60_000);
  }

  void session(String id, String status) {
    session(id, status, "");
  }

  /** Stores a session of an issue of its own, written just now. */
  void session(String id, String status, String members) {
    long now = now();
    jedis.set(
        "agent:session:" + id,
        """
        {"linearSessionId":%s,"status":"%s","createdAt":%d,"queuedAt":%d%s%s%s}"""
            .formatted(
                TextNode.valueOf(id),
                status,
                now - 100_000,
                now - 60_000,
                members.contains("\"issueId\"")
                    ? ""
                    : ",\"issueId\":" + TextNode.valueOf("i-" + id),
                members.contains("updatedAt") ? "" : ",\"updatedAt\":" + now,
                members));
  }

  /** With the prompt that a session keeps. */
  void running(String id, String worker, String members) {
    session(
        id,
        "running",
        ",\"workerId\":\"%s\",\"claimedAt\":%d,\"promptContext\":\"ctx\"%s"
            .formatted(worker, now() - 50_000, members));
    jedis.sadd("work:worker:" + worker + ":sessions", id);
  }

  void worker(String id) {
    worker(id, "");
  }

  void worker(String id, String members) {
    jedis.set(
        "work:worker:" + id,
        """
        {"id":"%s","hostname":"h","capacity":4,"activeCount":0,"registeredAt":%d,\
        "lastHeartbeat":%d%s%s}"""
            .formatted(
                id,
                now() - 100_000,
                now(),
                members.contains("status") ? "" : ",\"status\":\"active\"",
                members));
  }

  String send(String stream, String data) {
    return jedis.xadd(stream, Map.of("data", data), XAddParams.xAddParams()).toString();
  }

  void makeGroup(String stream) {
    jedis.xgroupCreate(stream, GeneratedFleet.GROUP, new StreamEntryID(0, 0), true);
  }

  void readOne(String stream, String worker) {
    jedis.xreadGroup(
        GeneratedFleet.GROUP,
        "worker:" + worker,
        XReadGroupParams.xReadGroupParams().count(1),
        Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
  }

  @Override
  public void close() {
    jedis.close();
    server.close();
    target.close();
  }
}
