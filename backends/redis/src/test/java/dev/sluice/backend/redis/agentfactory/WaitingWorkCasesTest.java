package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.OtherServer.WORKER;
import static dev.sluice.backend.redis.agentfactory.OtherServer.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaitingWorkCasesTest {

  private static OtherServer other;

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

  /** Session {@code s}: what is stored, its place, and the list. */
  static Stream<Arguments> places() {
    return Stream.of(
        place("queued", Place.READY, server -> queued(server)),
        place(
            "queued, its session is gone",
            Place.READY,
            server -> server.queue("s"),
            "work:items[s] imported: it has no session"),
        place(
            "queued, its session can't be read",
            Place.READY,
            server -> {
              server.queue("s");
              server.jedis().set("agent:session:s", "{\"status\":");
            },
            "agent:session:s left out: it is no JSON object",
            "work:items[s] imported: without its session"),
        place(
            "member without item",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().zadd("work:queue", 3e13 + server.now(), "s");
            },
            "work:queue[s] imported: although it has no item"),
        place(
            "member without item and session",
            null,
            server -> server.jedis().zadd("work:queue", 3e13, "s"),
            "work:queue[s] left out: it has no session"),
        place(
            "item without member",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().hset("work:items", "s", item("s", server.now()));
            },
            "work:items[s] imported: although it is not in work:queue"),
        place(
            "item without member and session",
            null,
            server -> server.jedis().hset("work:items", "s", item("s", server.now())),
            "work:items[s] left out: it has no session"),
        place(
            "item that is no JSON",
            Place.READY,
            server -> {
              pending(server);
              server.queue("s", "{\"sessionId\":\"s\"", 3e13 + server.now());
            },
            "work:items[s] imported: although it is no JSON object"),
        place(
            "item that has a member twice, without session",
            null,
            server -> server.queue("s", "{\"prompt\":\"a\",\"prompt\":\"b\"}", 3e13),
            "work:items[s] left out: it has no session"),
        place(
            "parked, its issue is free",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().zadd("issue:pending:i-s", 2, "qa");
              server.jedis().hset("issue:pending:items:i-s", "qa", item("s", server.now()));
            }),
        place(
            "parked without order",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().hset("issue:pending:items:i-s", "qa", item("s", server.now()));
            },
            "issue:pending:items:i-s[qa] imported: although it is not in issue:pending:i-s"),
        place(
            "parked order without item",
            null,
            server -> server.jedis().zadd("issue:pending:i-s", 2, "qa"),
            "issue:pending:i-s[qa] left out: it has no item"),
        place(
            "parked item without a session id",
            null,
            server -> server.jedis().hset("issue:pending:items:i-s", "qa", "{}"),
            "issue:pending:items:i-s[qa] left out: it is no JSON object with a sessionId"),
        place(
            "parked behind an issue whose id begins with items:",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().zadd("issue:pending:items:x", 2, "qa");
              server.jedis().hset("issue:pending:items:items:x", "qa", item("s", server.now()));
            }),
        place(
            "backoff",
            Place.LATER,
            server -> {
              pending(server);
              server.jedis().zadd("work:backoff", server.now() + 60_000.0, "s");
              server.jedis().hset("work:backoff:items", "s", item("s", server.now()));
            }),
        place(
            "backoff that is over",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().zadd("work:backoff", server.now() - 1_000.0, "s");
              server.jedis().hset("work:backoff:items", "s", item("s", server.now()));
            }),
        place(
            "backoff without a time",
            Place.LATER,
            server -> {
              pending(server);
              String until = ",\"priority\":3,\"queuedAt\":%d,\"backoffUntil\":%d";
              long now = server.now();
              server
                  .jedis()
                  .hset("work:backoff:items", "s", item("s", until.formatted(now, now + 60_000)));
            },
            "work:backoff:items[s] imported: although it is not in work:backoff"),
        place(
            "suspended",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().hset("work:suspended", "s", item("s", server.now()));
            },
            "work:suspended[s] imported: as waiting, since no work is suspended here"),
        place(
            "asleep",
            Place.LATER,
            server -> {
              pending(server);
              server.jedis().zadd("work:wake", server.now() + 60_000.0, "s");
            }),
        place(
            "in no list",
            Place.READY,
            WaitingWorkCasesTest::pending,
            "agent:session:s imported: as waiting, from its session: it is in no list"),
        place(
            "in no list, and without a prompt",
            Place.READY,
            server -> server.session("s", "pending"),
            "agent:session:s imported: without a prompt, since its session has none",
            "agent:session:s imported: as waiting, from its session: it is in no list"),
        place(
            "in two lists",
            Place.READY,
            server -> {
              queued(server);
              server.jedis().hset("work:suspended", "s", item("s", server.now()));
            },
            "work:suspended[s] left out: its session is in another list: work:items[s]"),
        place(
            "cancelled while it waits",
            Place.ENDED,
            server -> {
              queued(server);
              cancel(server, server.now());
            },
            "session:cancel:s imported: as a stop"),
        place(
            "cancelled before it was queued again",
            Place.READY,
            server -> {
              queued(server);
              cancel(server, server.now() - 3_600_000);
            },
            "session:cancel:s left out: it is older than the work"),
        place(
            "with an unknown status",
            null,
            server -> server.session("s", "sleeping"),
            "agent:session:s left out: its status is unknown"),
        place(
            "in a very old queue",
            Place.READY,
            server -> {
              pending(server);
              server.jedis().rpush("work:queue", "nothing", item("s", server.now()));
            },
            "work:queue[0] left out: it is no JSON object with a sessionId"),
        place(
            "queued with a claim that a poll left",
            Place.READY,
            server -> {
              queued(server);
              server.jedis().set("work:claim:s", WORKER);
            },
            "work:claim:s left out: its session is ready"));
  }

  private static Arguments place(
      String name, Place place, Consumer<OtherServer> data, String... listed) {
    return arguments(name, place, data, List.of(listed));
  }

  private static void pending(OtherServer server) {
    server.session("s", "pending", ",\"promptContext\":\"ctx\"");
  }

  private static void queued(OtherServer server) {
    pending(server);
    server.queue("s");
  }

  private static void cancel(OtherServer server, long at) {
    server.jedis().set("session:cancel:s", "{\"sessionId\":\"s\",\"requestedAt\":" + at + "}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void place(String name, Place place, Consumer<OtherServer> data, List<String> listed) {
    data.accept(other);

    Imported imported = other.read();

    assertThat(imported.lines()).containsExactlyInAnyOrderElementsOf(listed);
    SessionCopy session = imported.sessions().get("s");
    assertThat(session == null ? null : session.place()).isEqualTo(place);
    if (session != null) {
      assertThat(session.state())
          .isEqualTo(place == Place.ENDED ? SessionState.STOPPED : SessionState.PENDING);
      assertThat(session.item()).contains("\"sessionId\":\"s\"");
      assertThat(session.notBeforeMs() > 0).isEqualTo(place == Place.LATER);
    }
  }

  /** Score, members of the item, then priority and whether its time is kept. */
  static Stream<Arguments> orders() {
    return Stream.of(
        arguments(1e13 + 1_790_000_000_000L, 0, 1, 1_790_000_000_000L, true),
        arguments(9e13 + 1_790_000_000_000L, 12, 9, 1_790_000_000_000L, true),
        arguments(3e13 + 1_790_000_000L, 3, 3, 1_790_000_000_000L, true),
        arguments(25_000_000_000_007.0, 2, 2, 1_780_000_000_000L, false),
        arguments(7, 4, 4, 1_780_000_000_000L, false),
        arguments(1e15, 5, 5, 1_780_000_000_000L, false),
        arguments(Double.POSITIVE_INFINITY, 5, 5, 1_780_000_000_000L, false));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void order(double score, int priority, int expected, long queuedAt, boolean kept) {
    String members = ",\"priority\":%d,\"queuedAt\":1780000000000".formatted(priority);
    other.session("s", "pending");
    other.queue("s", item("s", members), score);

    Imported imported = other.read();

    SessionCopy session = imported.session("s");
    assertThat(session.priority()).isEqualTo(expected);
    assertThat(session.queuedAtMs()).isEqualTo(queuedAt);
    assertThat(session.score()).isEqualTo(expected * 10_000_000_000_000L + queuedAt);
    assertThat(session.item()).isEqualTo(item("s", members));
    assertThat(imported.lines().toList())
        .isEqualTo(
            kept
                ? List.of()
                : List.of(
                    "work:items[s] imported: ordered by its members, since its score holds no"
                        + " time"));
  }

  @Test
  void whatWorkersCantDecodeIsChanged() {
    other.session("s", "pending", ",\"issueId\":\"i-of-session\"");
    other.queue(
        "s",
        """
        {"sessionId":7,"issueId":"","priority":2.5,"queuedAt":1790000000,"prompt":["x"],\
        "tenantEnvelope":"t","claudeSessionId":"resume","kept":1.50,"also":"é\\ud800"}""",
        2e13 + 1_790_000_000L);

    Imported imported = other.read();

    assertThat(imported.session("s").item())
        .isEqualTo(
            """
            {"sessionId":"s","issueId":"i-of-session","priority":2,"queuedAt":1790000000000,\
            "kept":1.50,"also":"\\u00E9\\uD800","providerSessionId":"resume",\
            "issueIdentifier":"s"}""");
    assertThat(imported.lines())
        .containsExactly(
            "work:items[s] imported: with other members: claudeSessionId, issueId,"
                + " issueIdentifier, priority, prompt, queuedAt, sessionId, tenantEnvelope");
  }

  @Test
  void theMembersOfABackoffGo() {
    other.session("s", "pending");
    other.jedis().zadd("work:backoff", other.now() + 60_000.0, "s");
    String members = ",\"priority\":3,\"queuedAt\":1790000000000,\"prompt\":\"Zoë: \\u0001\\\"\"";
    other
        .jedis()
        .hset(
            "work:backoff:items",
            "s",
            item(
                "s",
                members
                    + ",\"backoffUntil\":1795812406594,\"backoffAttempt\":0,\"backoffReason\":\"why\""));

    assertThat(other.read().session("s").item()).isEqualTo(item("s", members));
  }

  @Test
  void theBestOfAnIssueIsReady() {
    long now = other.now();
    for (String id : List.of("a", "b", "c")) {
      other.session(id, "pending");
      String item =
          """
          {"sessionId":"%s","issueId":"same","issueIdentifier":"E","priority":%d,"queuedAt":%d}"""
              .formatted(id, id.equals("b") ? 1 : 3, now);
      other.queue(id, item, (id.equals("b") ? 1e13 : 3e13) + now);
    }

    Imported imported = other.read();

    assertThat(imported.session("a").place()).isEqualTo(Place.PARKED);
    assertThat(imported.session("b").place()).isEqualTo(Place.READY);
    assertThat(imported.session("c").place()).isEqualTo(Place.PARKED);
  }

  @Test
  void idsMayHoldAnythingThatNamesMay() {
    for (String id : List.of("a:b", "a b", "a\"b", "a/b", "é", "😀", "[x]")) {
      other.session(id, "pending");
      other.jedis().hset("work:items", id, item("x", other.now()));
      other.jedis().zadd("work:queue", 3e13 + other.now(), id);
    }
    other.session("a\nb", "pending");
    other.session("..", "pending");

    Imported imported = other.read();

    assertThat(imported.sessions().keySet())
        .containsExactlyInAnyOrder("a:b", "a b", "a\"b", "a/b", "é", "😀", "[x]");
    assertThat(imported.about("agent:session:a\nb"))
        .containsExactly("agent:session:a\nb left out: its id must not contain control characters");
    assertThat(imported.about("agent:session:.."))
        .containsExactly("agent:session:.. left out: its id must not be . or ..");
  }

  @Test
  void aProjectThatIsNoNameIsNotForAll() {
    other.session("s", "pending");
    other.queue("s", item("s", ",\"priority\":3,\"queuedAt\":1,\"projectName\":\"a\\n\""), 3e13);

    Imported imported = other.read();

    assertThat(imported.sessions()).isEmpty();
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            "agent:session:s left out: its project is no valid name",
            "work:items[s] left out: its project is no valid name");
  }
}
