package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.OtherServer.WORKER;
import static dev.sluice.backend.redis.agentfactory.OtherServer.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Projects;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionCasesTest {

  private static final long MINUTE = 60_000;

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

  /**
   * Session {@code s} of {@link OtherServer#WORKER}: what is stored, its place and state, the list.
   */
  static Stream<Arguments> states() {
    return Stream.of(
        state("running", Place.CLAIMED, SessionState.RUNNING, running("")),
        state(
            "claimed",
            Place.CLAIMED,
            SessionState.CLAIMED,
            running("").andThen(server -> owned(server, "claimed", ""))),
        state(
            "finalizing",
            Place.CLAIMED,
            SessionState.FINALIZING,
            running("").andThen(server -> owned(server, "finalizing", ""))),
        state(
            "finalizing for too long",
            Place.ENDED,
            SessionState.STOPPED,
            running("")
                .andThen(
                    server ->
                        owned(
                            server,
                            "finalizing",
                            ",\"updatedAt\":" + (server.now() - 20 * MINUTE))),
            "agent:session:s imported: as stopped: it has been finalizing for too long",
            "work:worker:"
                + WORKER
                + ":sessions[s] left out: it is no live session of this worker"),
        state(
            "running, not in the worker's set",
            Place.CLAIMED,
            SessionState.RUNNING,
            server -> {
              server.worker(WORKER);
              owned(server, "running", "");
            },
            "agent:session:s imported: as claimed, although the worker's set lacks it"),
        state(
            "running, its worker is gone",
            Place.READY,
            SessionState.PENDING,
            server -> server.running("s", WORKER, ""),
            "agent:session:s imported: as waiting: its worker is gone",
            "work:worker:" + WORKER + ":sessions[s] left out: its worker is gone"),
        state(
            "running without a worker",
            Place.READY,
            SessionState.PENDING,
            server ->
                server.session("s", "running", ",\"workerId\":null,\"promptContext\":\"ctx\""),
            "agent:session:s imported: as waiting: it has no worker"),
        state(
            "running, with its item in the queue",
            Place.CLAIMED,
            SessionState.RUNNING,
            running("").andThen(server -> server.queue("s")),
            "work:items[s] imported: as the item of a session that is running"),
        state(
            "running, in two lists",
            Place.CLAIMED,
            SessionState.RUNNING,
            running("")
                .andThen(
                    server -> {
                      server.queue("s");
                      server.jedis().hset("work:suspended", "s", item("s", server.now()));
                    }),
            "work:items[s] imported: as the item of a session that is running",
            "work:suspended[s] left out: its session is running"),
        state(
            "cancelled while it runs",
            Place.CLAIMED,
            SessionState.STOPPED,
            running("").andThen(server -> cancel(server, server.now())),
            "session:cancel:s imported: as a stop"),
        state(
            "cancelled before its claim",
            Place.CLAIMED,
            SessionState.RUNNING,
            running("").andThen(server -> cancel(server, server.now() - 60 * MINUTE)),
            "session:cancel:s left out: it is older than the claim"),
        state(
            "stopped by hand, with leftovers",
            Place.ENDED,
            SessionState.STOPPED,
            running("")
                .andThen(
                    server -> {
                      owned(server, "stopped", "");
                      server.queue("s");
                      server.jedis().set("work:claim:s", WORKER);
                      server.jedis().set("issue:lock:i-s", "{\"sessionId\":\"s\"}");
                    }),
            "work:items[s] imported: as the item of a session that is stopped",
            "work:claim:s left out: its session is ended",
            "issue:lock:i-s left out: its session is not live",
            "work:worker:"
                + WORKER
                + ":sessions[s] left out: it is no live session of this worker"),
        state(
            "completed long ago",
            Place.ENDED,
            SessionState.COMPLETED,
            server -> owned(server, "completed", ",\"updatedAt\":" + 1_700_000_000_000L)),
        state(
            "claim key of another worker",
            Place.CLAIMED,
            SessionState.RUNNING,
            running("").andThen(server -> server.jedis().set("work:claim:s", "wkr_before")),
            "work:claim:s left out: its session has another worker"));
  }

  private static Arguments state(
      String name, Place place, SessionState state, Consumer<OtherServer> data, String... listed) {
    return arguments(name, place, state, data, List.of(listed));
  }

  private static Consumer<OtherServer> running(String members) {
    return server -> {
      server.worker(WORKER);
      server.running("s", WORKER, members);
    };
  }

  private static void owned(OtherServer server, String status, String members) {
    server.session(
        "s", status, ",\"workerId\":\"" + WORKER + "\",\"promptContext\":\"ctx\"" + members);
  }

  private static void cancel(OtherServer server, long at) {
    server.jedis().set("session:cancel:s", "{\"sessionId\":\"s\",\"requestedAt\":" + at + "}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void state(
      String name,
      Place place,
      SessionState state,
      Consumer<OtherServer> data,
      List<String> listed) {
    data.accept(other);

    Imported imported = other.read();

    assertThat(imported.lines()).containsExactlyInAnyOrderElementsOf(listed);
    SessionCopy session = imported.session("s");
    assertThat(session.place()).isEqualTo(place);
    assertThat(session.state()).isEqualTo(state);
    assertThat(session.claim().acceptByMs() > 0).isEqualTo(state == SessionState.CLAIMED);
    assertThat(session.endedAtMs() > 0).isEqualTo(state.terminal());
    boolean stops = place == Place.CLAIMED && state == SessionState.STOPPED;
    assertThat(session.claim().releaseByMs() > 0).isEqualTo(stops);
    assertThat(imported.messages("s").stream().anyMatch(each -> each.kind() == MessageType.STOP))
        .isEqualTo(stops);
    assertThat(session.claim().owner()).isEqualTo(place == Place.READY ? null : WORKER);
  }

  @Test
  void lostWorkIsThatOfItsWorkerAndMadeOfTheSession() {
    other.running(
        "s",
        WORKER,
        ",\"priority\":4,\"workType\":\"qa\",\"projectName\":\"p\",\"issueIdentifier\":\"ENG-9\","
            + "\"providerSessionId\":\"prov\",\"worktreePath\":\"/wt\",\"totalCostUsd\":1.5,"
            + "\"lastToolName\":\"Bash\",\"lastToolCalledAt\":1790000000000,\"toolCallCount\":3");

    SessionCopy session = other.read().session("s");

    assertThat(session.item())
        .isEqualTo(
            """
            {"issueId":"i-s","issueIdentifier":"ENG-9","prompt":"ctx","workType":"qa",\
            "projectName":"p","sessionId":"s","priority":4,"queuedAt":%d}"""
                .formatted(session.queuedAtMs()));
    assertThat(session.returns().lostBy()).isEqualTo(WORKER);
    assertThat(session.attempts()).isOne();
    assertThat(session.claim().token()).isPositive();
    assertThat(session.claim().fields())
        .isEqualTo(
            Map.of(
                "providerSessionId", "\"prov\"", "worktreePath", "\"/wt\"", "totalCostUsd", "1.5"));
    assertThat(session.claim().costMicroUsd()).isEqualTo(1_500_000);
    assertThat(session.claim().tools()).isEqualTo(new ToolUse("Bash", 1_790_000_000_000L, 3));
  }

  @Test
  void secondsAreTimesToo() {
    other.session(
        "s", "completed", ",\"updatedAt\":1790000001,\"claimedAt\":1790000000,\"workerId\":\"w\"");

    SessionCopy session = other.read().session("s");

    assertThat(session.endedAtMs()).isEqualTo(1_790_000_001_000L);
    assertThat(session.claim().claimedAtMs()).isEqualTo(1_790_000_000_000L);
  }

  @Test
  void oneClaimAnIssue() {
    other.worker(WORKER);
    String same = ",\"issueId\":\"same\"";
    other.running("a", WORKER, same);
    other.running("b", WORKER, same);
    other.running("c", WORKER, same);
    other.jedis().set("issue:lock:same", "{\"sessionId\":\"b\"}");
    other.session("d", "pending", same);
    other.queue("d", item("d", other.now()).replace("i-d", "same"), 1e13 + other.now());

    Imported imported = other.read();

    assertThat(imported.session("b").place()).isEqualTo(Place.CLAIMED);
    for (String parked : List.of("a", "c", "d")) {
      assertThat(imported.session(parked).place()).as(parked).isEqualTo(Place.PARKED);
    }
    assertThat(imported.session("a").returns().lostBy()).isEqualTo(WORKER);
    assertThat(imported.session("a").attempts()).isZero();
    assertThat(imported.about("agent:session:a"))
        .containsExactly("agent:session:a imported: as parked: its issue is claimed by session b");
  }

  @Test
  void withoutALockTheWorkersSetDecides() {
    other.worker(WORKER);
    String same = ",\"issueId\":\"same\"";
    other.running("a", WORKER, same);
    other.running("b", WORKER, same);
    other.jedis().srem("work:worker:" + WORKER + ":sessions", "a");

    Imported imported = other.read();

    assertThat(imported.session("a").place()).isEqualTo(Place.PARKED);
    assertThat(imported.session("b").place()).isEqualTo(Place.CLAIMED);
  }

  @Test
  void workers() {
    other.worker("wkr_a", ",\"version\":\"1.0\",\"projects\":[\"p\",\"q\"]");
    other.worker("wkr_b", ",\"projects\":[\"a\\nb\"]");
    other.worker("wkr_c", ",\"status\":\"draining\"");
    other.jedis().set("work:worker:wkr_d", "{}");
    other.jedis().set("work:worker:wkr_e", "none");
    other.jedis().set("work:worker:wkr_a:nudge", "{\"nudgedAt\":1,\"message\":\"x\"}");
    other.jedis().sadd("work:worker:wkr_f:sessions", "s");

    Imported imported = other.read();

    WorkerCopy worker = imported.worker("wkr_a");
    assertThat(worker.registration().projects().names()).containsExactly("p", "q");
    assertThat(worker.registration().details()).isEqualTo("{\"version\":\"1.0\"}");
    assertThat(worker.registration().registeredBy()).isEqualTo("legacy");
    assertThat(worker.registration().capacity()).isEqualTo(4);
    assertThat(imported.worker("wkr_b").registration().projects()).isEqualTo(Projects.NONE);
    assertThat(imported.worker("wkr_c").registration().draining()).isTrue();
    assertThat(imported.worker("wkr_d").registration().hostname()).isEqualTo("wkr_d");
    assertThat(imported.all(WorkerCopy.class)).hasSize(4);
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            "work:worker:wkr_b imported: without projects that are no valid names",
            "work:worker:wkr_d imported: with a usual hostname or capacity",
            "work:worker:wkr_e left out: it is no JSON object",
            "work:worker:wkr_f:sessions[s] left out: its worker is gone",
            "work:worker:*:nudge left out: 1 key: wake-ups of workers that last a minute");
  }

  @Test
  void quotas() {
    String quota = "{\"name\":\"%s\",\"scope\":\"%s\"%s}";
    other
        .jedis()
        .set(
            "fleet:quota:config:p",
            quota.formatted(
                "p",
                "project",
                ",\"maxConcurrentSessions\":2,\"maxDailyCostUsd\":0.5,\"maxSessionCostUsd\":1"));
    other
        .jedis()
        .set("fleet:quota:config:t", quota.formatted("t", "team", ",\"maxDailyCostUsd\":0"));
    other
        .jedis()
        .set(
            "fleet:quota:config:u",
            quota.formatted(
                "u", "project", ",\"maxConcurrentSessions\":1.5,\"maxDailyCostUsd\":-1"));
    other.jedis().set("fleet:quota:daily:p:2026-01-01", "0.84");
    String ended = ",\"projectName\":\"p\",\"totalCostUsd\":0.42,\"workerId\":\"w\"";
    other.session("s", "completed", ended);
    other.session("old", "completed", ended + ",\"updatedAt\":1700000000000");

    Imported imported = other.read();

    List<OrgRecord.Project> projects = imported.all(OrgRecord.Project.class);
    assertThat(projects).extracting(OrgRecord.Project::name).containsExactly("p", "t");
    assertThat(projects.get(0).limits()).isEqualTo(new QueueLimits(2, 500_000L));
    assertThat(projects.get(0).spentMicroUsd()).isEqualTo(420_000);
    assertThat(projects.get(0).spentDay())
        .isEqualTo(imported.session("s").endedAtMs() / 86_400_000);
    assertThat(projects.get(1).limits()).isEqualTo(new QueueLimits(null, 0L));
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            "fleet:quota:config:p[maxSessionCostUsd] left out: there is no such limit here",
            "fleet:quota:config:t imported: as limits of the project of this name",
            "fleet:quota:config:u[maxConcurrentSessions] left out: it is no whole number from 0",
            "fleet:quota:config:u[maxDailyCostUsd] left out: it is no number up to 1000000000",
            "fleet:quota:config:u left out: it has no limit",
            "fleet:quota:daily:* left out: 1 key: counted from the sessions; has each cost twice");
  }
}
