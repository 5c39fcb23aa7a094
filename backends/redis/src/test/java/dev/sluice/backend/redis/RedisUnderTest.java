package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.index.Contradictions;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.RepeatingBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** This backend on an empty server, as a user who may do no more than the documentation grants. */
public final class RedisUnderTest implements BackendUnderTest {

  private static final String USER = "sluice";
  private static final String PASSWORD = "test-only";

  /** A busy machine is no outage. */
  private static final int PATIENT_MS = 10_000;

  private final RedisServerProcess server;
  private final BackendEnvironment environment;
  private final List<QueueBackend> nodes = new ArrayList<>();
  private final QueueBackend backend;

  public RedisUnderTest(RedisServerProcess server, Rules rules, StoreTime time) {
    this.server = server;
    try (Jedis jedis = server.connect()) {
      jedis.flushAll();
      jedis.aclSetUser(USER, AclRights.of(PASSWORD));
    }
    environment = AnswerLog.environment(rules, time);
    backend = anotherNode();
  }

  @Override
  public final QueueBackend anotherNode() {
    QueueBackend node = node(server.uri(USER, PASSWORD));
    nodes.add(node);
    return node;
  }

  private QueueBackend node(String uri) {
    return RedisBackend.of(RedisAddress.parse(uri), 16, PATIENT_MS, environment);
  }

  @Override
  public RepeatingBackend repeating() {
    return new RepeatingRedis(
        server.port(),
        proxy ->
            node(
                server
                    .uri(USER, PASSWORD)
                    .replace(":" + server.port() + "/", ":" + proxy.port() + "/")));
  }

  @Override
  public QueueBackend backend() {
    return backend;
  }

  @Override
  public void damage(String org, String sessionId) {
    try (Jedis jedis = server.connect()) {
      jedis.set("{" + org + "}:s:" + sessionId, "garbage");
    }
  }

  @Override
  public void loseItem(String org, String sessionId) {
    try (Jedis jedis = server.connect()) {
      String key = "{" + org + "}:p:" + sessionId;
      jedis.setnx("{" + org + "}:s:" + sessionId, freshLine(jedis.get(key)));
      assertThat(jedis.del(key)).as("items lost").isEqualTo(1);
    }
  }

  /** The line that a session without one stands for, if it is ready; {@code rules/sessions.lua}. */
  static String freshLine(String content) {
    List<String> head = Text.fields(content.substring(0, content.indexOf('\n')));
    String score = head.get(7);
    String created = head.get(9);
    String queued = String.valueOf(Long.parseLong(score.substring(3)));
    String kept =
        String.join(
            "\u001f",
            head.get(5),
            head.get(6),
            score,
            head.get(8),
            score.substring(2, 3),
            queued,
            created,
            head.get(10),
            head.get(11),
            head.get(12),
            head.get(4));
    String rest = "|READY PENDING  0 0 " + created + " 0 0 0 0 0 0   0 0   |0 0 0  0 0 0|";
    return kept + rest.replace(' ', Text.UNIT).replace('|', Text.RECORD);
  }

  @Override
  public List<String> leftovers(String org) {
    String area = "{" + org + "}:";
    List<String> leftovers = new ArrayList<>();
    try (Jedis jedis = server.connect()) {
      Map<String, String> fields = jedis.hgetAll(area + "org");
      for (String key : jedis.keys("*")) {
        boolean expires = EXPIRING.matcher(key).matches() && jedis.pttl(key) > 0;
        if (key.startsWith(area) && !KEPT.contains(key.substring(area.length())) && !expires) {
          leftovers.add(key);
        }
      }
      fields.keySet().stream()
          .filter(field -> !KEPT_FIELDS.contains(field))
          .filter(field -> !isOrders(field, fields.get(field)))
          .filter(field -> !field.equals("closure") || !isClosed(fields.get("numbers")))
          .forEach(leftovers::add);
      jedis.zrange(area + "queues", 0, -1).stream()
          .filter(project -> !fields.containsKey("q:" + project))
          .forEach(leftovers::add);
      jedis.zrange(area + "due", 0, -1).stream()
          .filter(entry -> !fields.containsKey("q:" + entry.substring(2)) || entry.charAt(0) < '4')
          .forEach(leftovers::add);
    }
    return leftovers;
  }

  @Override
  public String contradictions(String org) {
    try (Jedis jedis = server.connect()) {
      return Contradictions.of(backend, jedis, org, environment.rules().kept().events());
    }
  }

  private static final Pattern EXPIRING = Pattern.compile("\\{[^}]*\\}:(figures|call):.*");

  /**
   * Keys that may stay for good, and the event log, whose events go by their age. The two last ones
   * speak of projects that have orders.
   */
  private static final Set<String> KEPT = Set.of("org", "revoked", "events", "queues", "due");

  /** Fields of the org that may stay. */
  private static final Set<String> KEPT_FIELDS =
      Set.of("numbers", "layout", "sweep", "nodes", "sets", "unlogged");

  /** {@code rules/step.lua} has the flags. */
  private static boolean isClosed(String numbers) {
    return Integer.parseInt(numbers.split(" ")[12]) >= 2;
  }

  /** True if a field holds limits, spending or a pause of a project without work. */
  private static boolean isOrders(String field, String value) {
    return field.startsWith("pause:") || field.startsWith("q:") && value.startsWith("0 0 0 0 0 0 ");
  }

  @Override
  public void close() {
    nodes.forEach(QueueBackend::close);
  }
}
