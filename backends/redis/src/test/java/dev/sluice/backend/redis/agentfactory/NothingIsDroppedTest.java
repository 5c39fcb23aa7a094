package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.OtherServer.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.ForeignStore.Unmapped;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** All families of keys at once, with the samples of the other server. */
class NothingIsDroppedTest {

  private static final String SECRET = "s3cr3t-t0k3n";

  /** Keys of families that are left behind, each once. */
  private static final Map<String, List<String>> LEFT =
      Map.ofEntries(
          Map.entry("work:worker:*:nudge", List.of("work:worker:" + WORKER + ":nudge")),
          Map.entry("session:heartbeat:*", List.of("session:heartbeat:s-1")),
          Map.entry("session:failures:*", List.of("session:failures:i-1")),
          Map.entry("session:dispatch-count:*", List.of("session:dispatch-count:i-1")),
          Map.entry("journal:*", List.of("journal:s-1:step-1", "journal:s-1:step-2")),
          Map.entry("agent:worked:*", List.of("agent:worked:i-1")),
          Map.entry("agent:dev-queued:*", List.of("agent:dev-queued:i-1")),
          Map.entry("agent:acceptance-queued:*", List.of("agent:acceptance-queued:i-1")),
          Map.entry("agent:acceptance-completed:*", List.of("agent:acceptance-completed:i-1")),
          Map.entry("qa:*", List.of("qa:attempt:i-1", "qa:failed:i-1")),
          Map.entry("workflow:*", List.of("workflow:state:i-1")),
          Map.entry("gate:*", List.of("gate:state:i-1:g")),
          Map.entry(
              "governor:*",
              List.of(
                  "governor:events",
                  "governor:dedup:k",
                  "governor:override:i-1",
                  "governor:processing:i-1:research")),
          Map.entry(
              "merge:*",
              List.of(
                  "merge:queue:r",
                  "merge:items:r",
                  "merge:processing:r",
                  "merge:failed:r",
                  "merge:blocked:r",
                  "merge:history:r")),
          Map.entry("file:reservation:*", List.of("file:reservation:r:a/b.c")),
          Map.entry("file:session:*", List.of("file:session:r:s-1")),
          Map.entry("webhook:processed:*", List.of("webhook:processed:wh:1")),
          Map.entry("oauth:*", List.of("oauth:workspace:org")),
          Map.entry("af:workflows:*", List.of("af:workflows:w", "af:workflows:index")),
          Map.entry("security-scan:*", List.of("security-scan:s-1:2026-01-01T00:00:00Z")),
          Map.entry(
              "scheduling:*",
              List.of(
                  "scheduling:decisions:s-1",
                  "scheduling:decisions:log:u",
                  "scheduling:decisions:recent")),
          Map.entry("sup:*", List.of("sup:supervisor:a", "sup:remediation:s-1", "sup:health:w")),
          Map.entry("routing:*", List.of("routing:posteriors:p:qa", "routing:observations")),
          Map.entry("linear:*", List.of("linear:rate-limit:a", "linear:quota:b")),
          Map.entry("fleet:quota:cohort:*", List.of("fleet:quota:cohort:eng")),
          Map.entry("fleet:quota:concurrent:*", List.of("fleet:quota:concurrent:proj")),
          Map.entry("fleet:quota:daily:*", List.of("fleet:quota:daily:proj:2026-01-01")));

  private static OtherServer other;

  private final List<ILoggingEvent> logged = new ArrayList<>();

  @BeforeAll
  static void start() {
    other = new OtherServer();
  }

  @AfterAll
  static void stop() {
    other.close();
  }

  @BeforeEach
  void clear() {
    other.clear();
  }

  @Test
  void everyFamilyIsReadOrListed() {
    LEFT.values().forEach(keys -> keys.forEach(key -> other.jedis().set(key, SECRET)));
    other.jedis().set("something:else", SECRET);
    other.jedis().set("agent:inbox:agt", SECRET);
    other.jedis().set(new byte[] {'x', (byte) 0xff}, new byte[] {1});

    Imported imported = other.read();

    Set<String> expected = new TreeSet<>();
    LEFT.forEach(
        (family, keys) ->
            expected.add(
                family + " left out: " + keys.size() + (keys.size() == 1 ? " key" : " keys")));
    expected.add("something:else left out: an unknown key");
    expected.add("agent:inbox:agt left out: an unknown key");
    expected.add("x\ufffd left out: its name is not UTF-8");
    assertThat(imported.lines().map(line -> line.replaceAll("(keys?): .*", "$1")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(imported.unmapped()).allMatch(Unmapped::leftOut);
    assertThat(imported.all(OrgRecord.class)).as("numbers alone").hasSize(1);
  }

  @Test
  void keysOfWrongTypesAreListed() {
    Set<String> keys = new TreeSet<>();
    for (Family family : Family.values()) {
      String key = family.key("x");
      keys.add(key);
      if (family.may("hash")) {
        other.jedis().set(key, SECRET);
      } else {
        other.jedis().hset(key, "field", SECRET);
      }
    }

    Imported imported = other.read();

    assertThat(imported.unmapped()).extracting(Unmapped::key).hasSameElementsAs(keys);
    assertThat(imported.lines())
        .contains("work:queue left out: it is a hash, not a zset or list")
        .contains("agent:session:x left out: it is a hash, not a string")
        .allMatch(line -> line.contains(" left out: it is a "));
  }

  @Test
  void theSamplesComeOver() {
    loadSamples();

    Imported imported = other.read();

    assertThat(imported.sessions().values())
        .extracting(SessionCopy::id, SessionCopy::place, SessionCopy::state)
        .containsExactly(
            tuple("s-1", Place.CLAIMED, SessionState.RUNNING),
            tuple("s-9", Place.PARKED, SessionState.PENDING));
    assertThat(imported.session("s-1").claim().fields())
        .isEqualTo(Map.of("providerSessionId", "\"prov-1\"", "worktreePath", "\"/wt/x\""));
    assertThat(imported.worker(WORKER).registration().projects().names()).containsExactly("proj");
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            "agent:session:s-1 imported: as claimed, although the worker's set lacks it",
            "issue:pending:i-1[development] left out: it has no item",
            "fleet:quota:config:proj[maxSessionCostUsd] left out: there is no such limit here");
  }

  private static void loadSamples() {
    Jedis jedis = other.jedis();
    jedis.set(
        "agent:session:s-1",
        """
        {"issueId":"i-1","issueIdentifier":"ENG-1","providerSessionId":"prov-1",\
        "worktreePath":"/wt/x","status":"running","workerId":"wkr_0123456789abcdef",\
        "queuedAt":1790000000000,"priority":1,"promptContext":"ctx","projectName":"proj",\
        "workType":"development","agentId":"agt-r","linearSessionId":"s-1",\
        "createdAt":1795811805413,"updatedAt":1795811805873,"claimedAt":1795811805578}""");
    jedis.set("work:claim:s-1", WORKER);
    jedis.set(
        "work:worker:" + WORKER,
        """
        {"id":"wkr_0123456789abcdef","hostname":"h2","capacity":4,"activeCount":0,\
        "registeredAt":1795811805076,"lastHeartbeat":1795811805076,"status":"active",\
        "version":"1.0","projects":["proj"]}""");
    jedis.set(
        "issue:lock:i-1",
        """
        {"sessionId":"s-1","workType":"development","workerId":null,"lockedAt":1795811805388,\
        "issueIdentifier":"ENG-1"}""");
    jedis.zadd("issue:pending:i-1", Map.of("qa", 2.0, "development", 3.0));
    jedis.hset(
        "issue:pending:items:i-1",
        "qa",
        """
        {"sessionId":"s-9","issueId":"i-1","issueIdentifier":"ENG-1","priority":2,\
        "queuedAt":1790000000000,"workType":"qa","projectName":"proj"}""");
    jedis.set(
        "agent:session:s-9",
        "{\"linearSessionId\":\"s-9\",\"issueId\":\"i-1\",\"status\":\"pending\"}");
    jedis.set(
        "fleet:quota:config:proj",
        """
        {"name":"proj","scope":"project","maxConcurrentSessions":3,"maxDailyCostUsd":10,\
        "maxSessionCostUsd":2}""");
  }

  @Test
  void everyEntryOfALoadedDatabaseIsMappedOrListed() {
    other.worker(WORKER);
    loadSamples();
    loadCasesByHand();
    Jedis jedis = other.jedis();

    Imported imported = other.read();

    Set<String> listed =
        imported.unmapped().stream()
            .map(Unmapped::key)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> mapped = imported.sessions().keySet();
    Set<String> missing = new TreeSet<>();
    for (String session : jedis.hgetAll("work:items").keySet()) {
      if (!mapped.contains(session) && !listed.contains("work:items[" + session + "]")) {
        missing.add("work:items " + session);
      }
    }
    for (String session : jedis.zrange("work:queue", 0, -1)) {
      if (!mapped.contains(session)
          && !listed.contains("work:queue[" + session + "]")
          && !listed.contains("work:items[" + session + "]")) {
        missing.add("work:queue " + session);
      }
    }
    for (String key : jedis.keys("agent:session:*")) {
      if (!mapped.contains(key.substring("agent:session:".length())) && !listed.contains(key)) {
        missing.add(key);
      }
    }
    for (String key : jedis.keys("agent:inbox:*")) {
      for (StreamEntry entry : jedis.xrange(key, (StreamEntryID) null, null)) {
        String payload = entry.getFields().getOrDefault("data", "");
        boolean sent =
            imported.all(MessageCopy.class).stream()
                .anyMatch(each -> payload.contains("\"" + each.payload() + "\""));
        if (!sent && !listed.contains(key + "[" + entry.getID() + "]")) {
          missing.add(key + " " + entry.getID());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static void loadCasesByHand() {
    Jedis jedis = other.jedis();
    jedis.zadd("work:queue", 3e13, "member");
    jedis.hset("work:items", "payload", OtherServer.item("payload", other.now()));
    jedis.set("work:claim:nothing", WORKER);
    jedis.set("agent:session:bad", "{");
    for (String id : List.of("a:b c\"é", "\"quoted\"", "tab\there")) {
      other.session(id, "pending");
      other.queue(id, OtherServer.item("x", other.now()), 3e13 + other.now());
    }
    other.queue("broken", "[]", 3e13 + other.now());
    other.running("one", WORKER, ",\"agentId\":\"two-sessions\"");
    other.running("two", WORKER, ",\"agentId\":\"two-sessions\"");
    String inbox = "agent:inbox:two-sessions:normal";
    other.send(inbox, GeneratedFleet.message("one", "nudge", "to one", other.now()));
    other.send(inbox, GeneratedFleet.message("two", "nudge", "to two", other.now()));
    other.send(inbox, GeneratedFleet.message("three", "nudge", "to three", other.now()));
    other.send(inbox, "no JSON");
    jedis.sadd("work:worker:wkr_gone:sessions", "one");
    other.session("seconds", "completed", ",\"updatedAt\":1790000000");
  }

  @Test
  void noSecretIsListedOrLogged() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.list = logged;
    Level before = root.getLevel();
    root.setLevel(Level.ALL);
    root.addAppender(appender);
    appender.start();
    Imported imported;
    String envelope = ",\"priority\":3,\"queuedAt\":1790000000000,\"tenantEnvelope\":%s";
    String right = envelope.formatted("{\"jwt\":\"" + SECRET + "\",\"org\":\"o\"}");
    try {
      other.jedis().set("oauth:workspace:o", "{\"accessToken\":\"" + SECRET + "\"}");
      other.session("right", "pending");
      other.queue("right", OtherServer.item("right", right), 3e13 + 1_790_000_000_000L);
      other.session("wrong", "pending");
      String wrong = OtherServer.item("wrong", envelope.formatted('"' + SECRET + '"'));
      other.queue("wrong", wrong, 3e13 + 1_790_000_000_000L);
      other.queue("cut", OtherServer.item("cut", right).replace("}", ""), 3e13);
      imported = other.read();
    } finally {
      root.detachAppender(appender);
      root.setLevel(before);
    }

    assertThat(imported.lines()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    assertThat(logged).noneMatch(event -> event.getFormattedMessage().contains(SECRET));
    assertThat(imported.session("right").item())
        .as("its worker needs the envelope")
        .isEqualTo(OtherServer.item("right", right));
    assertThat(imported.records().stream().filter(each -> each.toString().contains(SECRET)))
        .containsExactly(imported.session("right"));
  }

  @Test
  void rightsToReadAreEnough() {
    loadSamples();
    other.jedis().aclSetUser("reader", "on", ">" + SECRET, "~*", "+@read", "+time");
    List<OrgRecord> records = new ArrayList<>();

    Imported.reader().read(other.server().uri("reader", SECRET), records::add, line -> {});

    assertThat(records).hasSameSizeAs(other.read().records());
  }

  @Test
  void anAddressIsCheckedAndNotRepeated() {
    assertThatThrownBy(() -> read("http://user:" + SECRET + "@host"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("redis must begin with redis:// or rediss://");
  }

  @Test
  void aServerThatDoesntAnswerIsUnavailable() {
    RedisServerProcess gone = RedisServerProcess.start();
    String uri = gone.uri("user", SECRET);
    gone.close();
    assertThatThrownBy(() -> read(uri))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("Can't read Redis at 127.0.0.1:" + gone.port() + "/0");
  }

  private static void read(String uri) {
    Imported.reader().read(uri, record -> {}, line -> {});
  }
}
