package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.tck.Together;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A daemon that starts again under a new id, while its children go on: docs/protocol.md, "After a
 * restart".
 */
public abstract class SuccessorContract {

  private static final int CHILDREN = 8;
  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 1_000 : 5;

  /** Calls of a child beside its lock-refresh. */
  private static final List<Map.Entry<String, String>> CALLS =
      List.of(
          Map.entry("step-heartbeat", "{}"),
          Map.entry("progress", "{\"message\":\"m\"}"),
          Map.entry("activity", "{\"type\":\"action\",\"content\":\"c\",\"toolName\":\"t\"}"),
          Map.entry("status", "{\"status\":\"running\"}"),
          Map.entry("completion", "{\"summary\":\"s\"}"));

  private static final String REFRESH = "{\"issueId\":\"i\"}";

  private final String tag = "successor-" + System.nanoTime();
  private int numbers;
  private TestWorker old;
  private String session;

  protected abstract SluiceServer server();

  @BeforeEach
  void startTheFirst() {
    old = register();
    session = runs(old);
  }

  @AfterEach
  void end() {
    server().post("/api/sessions/" + session + "/stop", SluiceServer.API_KEY, "{}");
    server().post("/api/sessions/" + session + "/requeue", SluiceServer.API_KEY, "{}");
  }

  private TestWorker register() {
    return register(CHILDREN);
  }

  private TestWorker register(int capacity) {
    return register(
        REGISTRATION_TOKEN, "\"capacity\":%d,\"machineId\":\"%s\"".formatted(capacity, tag));
  }

  private TestWorker register(String credential, String members) {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                credential,
                "{\"hostname\":\"h\",\"projects\":[\"%s\"],%s}".formatted(tag, members));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private String enqueue() {
    String id = tag + "-" + ++numbers;
    server()
        .enqueue(
            "{\"sessionId\":\"%s\",\"prompt\":\"p\",\"projectName\":\"%s\"}".formatted(id, tag));
    return id;
  }

  private List<String> enqueue(int count) {
    return Stream.generate(this::enqueue).limit(count).toList();
  }

  private static List<String> take(TestWorker worker) {
    return TestWorker.claimed(worker.poll("?wait=0"));
  }

  private String runs(TestWorker worker) {
    String id = enqueue();
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    assertThat(worker.report(id, "running").status()).isEqualTo(200);
    return id;
  }

  private Answer call(TestWorker by, String call, String body) {
    return server().post("/api/sessions/" + session + "/" + call, by.token(), body);
  }

  private JsonNode status() {
    return StrictJson.read(
        server().get("/api/sessions/" + session + "/status", SluiceServer.API_KEY));
  }

  @Test
  void newest_clients_5_a_lock_refresh_is_answered_that_the_child_goes_on() {
    assertThat(call(old, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean()).isTrue();
    TestWorker later = register();
    assertThat(call(old, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean())
        .as("the child still has the old token")
        .isTrue();

    JsonNode refreshed =
        call(later, "lock-refresh", "{\"workerId\":\"" + later.id() + "\",\"issueId\":\"i\"}")
            .json();

    assertThat(refreshed.at("/refreshed").asBoolean()).as(refreshed.toString()).isTrue();
    assertThat(refreshed.at("/stop").asBoolean()).isFalse();
    assertThat(refreshed.at("/claim/token").asText()).isNotEmpty();
    assertThat(status().at("/workerId").asText()).isEqualTo(later.id());
    assertThat(status().at("/status").asText()).isEqualTo("running");
    JsonNode late = call(old, "lock-refresh", REFRESH).json();
    assertThat(late.at("/refreshed").asBoolean()).as("from then on").isFalse();
    assertThat(status().at("/workerId").asText()).as("it moves nothing").isEqualTo(later.id());
    assertThat(call(later, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean()).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> newest_clients_5_each_call_of_a_child_takes_its_session_over() {
    return CALLS.stream()
        .map(
            each ->
                dynamicTest(
                    each.getKey(),
                    () -> {
                      TestWorker first = register();
                      session = runs(first);
                      TestWorker later = register();
                      Answer answer = call(later, each.getKey(), each.getValue());
                      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                      assertThat(status().at("/workerId").asText()).isEqualTo(later.id());
                      assertThat(later.report(session, "completed").status()).isEqualTo(200);
                    }));
  }

  @Test
  void newest_clients_5_a_body_that_names_the_old_worker_counts_under_the_new_token() {
    TestWorker later = register();
    String body =
        "{\"workerId\":\"%s\",\"status\":\"completed\",\"summary\":\"s\",\"totalCostUsd\":1.5}"
            .formatted(old.id());

    for (int time = 0; time < 3; time++) {
      Answer answer = call(later, "status", body);
      assertThat(answer.status()).as("time %d: %s", time, answer.body()).isEqualTo(200);
    }

    assertThat(status().at("/status").asText()).isEqualTo("completed");
    for (String other :
        List.of(
            body.replace("completed", "failed"),
            body.replace("\"s\"", "\"t\""),
            body.replace("1.5", "1.6"),
            body.replace("summary", "reason"))) {
      assertThat(call(later, "status", other).status()).as(other).isEqualTo(409);
    }
    String written = body.replace("\"s\"", "\"\\u0073\"").replace("1.5", "1.50");
    assertThat(call(later, "status", written).status()).as("the same values").isEqualTo(200);
    assertThat(status().at("/summary").asText()).isEqualTo("s");
    assertThat(later.report(session, "completed").status()).as("of its own").isEqualTo(200);
  }

  /** Each member that a report takes, with two values. */
  private static final Map<String, List<String>> MEMBERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("status", List.of("\"failed\"", "\"stopped\"")),
              Map.entry("providerSessionId", List.of("\"p\"", "\"q\"")),
              Map.entry("worktreePath", List.of("\"/w\"", "\"/x\"")),
              Map.entry("provider", List.of("\"codex\"", "\"claude\"")),
              Map.entry("reason", List.of("\"r\"", "\"\"")),
              Map.entry("summary", List.of("\"s\"", "\"s \"")),
              Map.entry("error", List.of("{\"message\":\"m\"}", "{\"message\":\"n\"}")),
              Map.entry("failureMode", List.of("\"agent-blocked\"", "\"prompt-render\"")),
              Map.entry(
                  "executionSecurityRefusal",
                  List.of(
                      "{\"code\":\"execution_security_unresolvable\"}",
                      "{\"code\":\"execution_security_unresolvable\",\"dimensions\":[]}")),
              Map.entry("totalCostUsd", List.of("1.5", "1.6")),
              Map.entry("inputTokens", List.of("7", "8")),
              Map.entry("outputTokens", List.of("0", "1")),
              Map.entry(
                  "terminalWorkareaLease", List.of("{\"leaseId\":\"a\"}", "{\"leaseId\":\"b\"}"))));

  private static Map<String, String> allMembers() {
    Map<String, String> members = new TreeMap<>();
    MEMBERS.forEach((name, values) -> members.put(name, values.get(0)));
    return members;
  }

  private String reportOfTheOld(Map<String, String> members, String between) {
    return members.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":" + between + each.getValue())
        .collect(
            Collectors.joining(
                "," + between, "{\"workerId\":\"" + old.id() + "\"," + between, between + "}"));
  }

  @TestFactory
  Stream<DynamicTest> newest_clients_5_the_same_end_with_another_value_of_a_member_is_409() {
    assertThat(call(old, "status", reportOfTheOld(allMembers(), "")).status()).isEqualTo(200);
    TestWorker later = register();
    return MEMBERS.entrySet().stream()
        .map(
            member ->
                dynamicTest(
                    member.getKey(),
                    () -> {
                      Map<String, String> changed = allMembers();
                      changed.put(member.getKey(), member.getValue().get(1));
                      Answer other = call(later, "status", reportOfTheOld(changed, ""));
                      assertThat(other.status()).as(other.body()).isEqualTo(409);
                      Answer same = call(later, "status", reportOfTheOld(allMembers(), ""));
                      assertThat(same.status()).as(same.body()).isEqualTo(200);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> newest_clients_5_the_same_end_with_a_member_more_is_409() {
    assertThat(call(old, "status", reportOfTheOld(Map.of("status", "\"failed\""), "")).status())
        .isEqualTo(200);
    TestWorker later = register();
    return allMembers().entrySet().stream()
        .filter(member -> !member.getKey().equals("status"))
        .map(
            member ->
                dynamicTest(
                    member.getKey(),
                    () -> {
                      Map<String, String> more =
                          Map.of("status", "\"failed\"", member.getKey(), member.getValue());
                      Answer other = call(later, "status", reportOfTheOld(more, ""));
                      assertThat(other.status()).as(other.body()).isEqualTo(409);
                    }));
  }

  @Test
  void newest_clients_5_the_same_end_in_other_bytes_gets_the_first_answer() {
    TestWorker later = register();
    Answer first = call(later, "status", reportOfTheOld(allMembers(), ""));
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    Map<String, String> turned = new TreeMap<>(Comparator.reverseOrder());
    turned.putAll(allMembers());

    for (String body :
        List.of(
            reportOfTheOld(allMembers(), ""),
            reportOfTheOld(allMembers(), " \n\t"),
            reportOfTheOld(turned, ""))) {
      Answer again = call(later, "status", body);
      assertThat(again.status()).as(again.body()).isEqualTo(200);
      assertThat(again.json()).isEqualTo(first.json());
    }
  }

  @Test
  void newest_clients_5_under_an_attempt_a_member_less_is_another_report_too() {
    Map<String, String> attempt = allMembers();
    attempt.put("attempt", "\"a-1\"");
    assertThat(call(old, "status", reportOfTheOld(attempt, "")).status()).isEqualTo(200);
    TestWorker later = register();
    assertThat(call(later, "status", reportOfTheOld(attempt, " ")).text("/replay"))
        .isEqualTo("true");

    attempt.remove("summary");
    assertThat(call(later, "status", reportOfTheOld(attempt, "")).status()).isEqualTo(409);
    attempt.put("summary", "\"s\"");
    attempt.put("attempt", "\"a-2\"");
    assertThat(call(later, "status", reportOfTheOld(attempt, "")).status()).isEqualTo(409);
  }

  @Test
  void newest_clients_5_an_end_that_was_received_may_come_again_from_the_new_one() {
    assertThat(old.report(session, "completed").status()).isEqualTo(200);
    TestWorker later = register();
    String body = "{\"workerId\":\"%s\",\"status\":\"%s\"}";

    Answer again = call(later, "status", body.formatted(old.id(), "completed"));

    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(call(later, "status", body.formatted(old.id(), "failed")).status()).isEqualTo(409);
    Answer stranger = call(later, "status", body.formatted("wkr_stranger", "completed"));
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.text("/field")).isEqualTo("workerId");
  }

  @Test
  void newest_clients_5_a_restarted_daemon_takes_only_the_slots_that_its_machine_has_left() {
    List<String> waiting = enqueue(7);
    assertThat(take(old)).isEqualTo(waiting.subList(0, 5));
    TestWorker later = register();

    assertThat(take(later)).as("6 of 8 slots were taken").isEqualTo(waiting.subList(5, 7));
    String more = enqueue();
    assertThat(take(later)).isEmpty();
    JsonNode record =
        StrictJson.read(server().get("/api/workers/" + later.id(), SluiceServer.API_KEY));
    assertThat(record.at("/inheritedSessions").asInt()).isEqualTo(6);
    call(later, "step-heartbeat", "{}");
    assertThat(take(later)).as("one has moved").isEmpty();
    assertThat(later.report(session, "completed").status()).isEqualTo(200);
    assertThat(take(later)).containsExactly(more);

    for (String each : waiting.subList(0, 5)) {
      assertThat(old.report(each, "completed").status()).isEqualTo(200);
    }
    assertThat(server().get("/api/workers/" + later.id(), SluiceServer.API_KEY).body())
        .doesNotContain("inheritedSessions");
    for (String each : List.of(waiting.get(5), waiting.get(6), more)) {
      assertThat(later.report(each, "completed").status()).isEqualTo(200);
    }
  }

  @Test
  void aPollThatWaitsForASlotOfTheOldWorkerEndsOnceItIsFree() throws Exception {
    TestWorker later = register(1);
    String waiting = enqueue();
    CompletableFuture<Answer> parked = later.park("?wait=20&slots=now");

    assertThat(old.report(session, "completed").status()).isEqualTo(200);

    assertThat(TestWorker.claimed(parked.get(10, TimeUnit.SECONDS))).containsExactly(waiting);
    assertThat(later.report(waiting, "completed").status()).isEqualTo(200);
  }

  /**
   * Each round is a restart of a daemon with eight running sessions, which all its slots are for,
   * or up to three restarts in a row. A child changes to the token of the latest between any two of
   * its calls, at its own time, so it may still use that of one in the middle. More work waits all
   * the while, which no poll may bring.
   */
  @Test
  void newest_clients_5_all_children_go_on_through_restarts() throws Exception {
    List<String> sessions = new ArrayList<>(List.of(session));
    while (sessions.size() < CHILDREN) {
      sessions.add(runs(old));
    }
    List<String> waiting = enqueue(CHILDREN);
    AtomicReference<TestWorker> daemon = new AtomicReference<>(old);
    AtomicBoolean going = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(CHILDREN);
    List<Future<String>> children = new ArrayList<>();
    for (String each : sessions) {
      children.add(threads.submit(() -> child(each, daemon, going)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      daemon.set(register());
      awaitClaims(daemon.get(), children);
    }
    going.set(false);
    List<String> ends = new ArrayList<>();
    for (Future<String> child : children) {
      ends.add(child.get(60, TimeUnit.SECONDS));
    }
    threads.shutdown();
    TestWorker last = register();
    for (int i = 0; i < CHILDREN; i++) {
      session = sessions.get(i);
      assertThat(status().at("/status").asText()).isEqualTo("completed");
      assertThat(call(last, "status", ends.get(i)).status()).as("from the outbox").isEqualTo(200);
      assertThat(last.report(session, "failed").status()).as("ended once").isEqualTo(409);
    }
    assertThat(last.claims()).isZero();
    assertThat(take(last)).as("slots are free").isEqualTo(waiting.subList(0, 5));
    assertThat(take(last)).isEqualTo(waiting.subList(5, CHILDREN));
    for (String each : waiting) {
      assertThat(last.report(each, "completed").status()).isEqualTo(200);
    }
  }

  /** Must never learn that it isn't the owner. Returns the report of its end. */
  private String child(String id, AtomicReference<TestWorker> daemon, AtomicBoolean going) {
    Random random = new Random(id.hashCode());
    TestWorker known = daemon.get();
    while (going.get() || known != daemon.get()) {
      TestWorker now = daemon.get();
      known = random.nextInt(3) == 0 ? now : known;
      String path = "/api/sessions/" + id + "/";
      String self = "{\"workerId\":\"" + known.id() + "\"";
      switch (random.nextInt(3)) {
        case 0 -> {
          String body = self + ",\"issueId\":\"i\"}";
          Answer refreshed = server().post(path + "lock-refresh", known.token(), body);
          assertThat(refreshed.json().at("/refreshed").asBoolean()).as(refreshed.body()).isTrue();
          assertThat(refreshed.json().at("/stop").asBoolean()).as(refreshed.body()).isFalse();
        }
        case 1 -> {
          Answer beat = server().post(path + "step-heartbeat", known.token(), self + "}");
          assertThat(beat.status()).as(beat.body()).isEqualTo(200);
        }
        default -> {
          String body = self + ",\"type\":\"action\",\"content\":\"c\",\"toolName\":\"t\"}";
          Answer told = server().post(path + "activity", known.token(), body);
          assertThat(told.status()).as(told.body()).isEqualTo(200);
        }
      }
    }
    String end = "{\"workerId\":\"" + known.id() + "\",\"status\":\"completed\"}";
    assertThat(server().post("/api/sessions/" + id + "/status", known.token(), end).status())
        .isEqualTo(200);
    return end;
  }

  private void awaitClaims(TestWorker daemon, List<Future<String>> children) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    do {
      assertThat(System.nanoTime()).as("some child stays behind").isLessThan(until);
      for (Future<String> child : children) {
        assertThat(child.isDone() ? child.get() : null).as("it was told to end").isNull();
      }
      assertThat(take(daemon)).as("beyond the capacity of the machine").isEmpty();
    } while (daemon.claims() < CHILDREN);
  }

  @Test
  void newest_clients_5_a_lock_refresh_goes_on_over_two_restarts_in_a_row() {
    TestWorker middle = register();
    TestWorker later = register();

    for (TestWorker each : List.of(middle, old, middle, later)) {
      String body = "{\"workerId\":\"" + each.id() + "\",\"issueId\":\"i\"}";
      JsonNode refreshed = call(each, "lock-refresh", body).json();
      assertThat(refreshed.at("/refreshed").asBoolean()).as(refreshed.toString()).isTrue();
    }

    assertThat(status().at("/workerId").asText()).isEqualTo(later.id());
    assertThat(call(middle, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean()).isFalse();
  }

  @Test
  void newest_clients_5_a_stopped_session_is_not_taken_over() {
    server().post("/api/sessions/" + session + "/stop", SluiceServer.API_KEY, "{}");
    TestWorker later = register();

    JsonNode refreshed = call(later, "lock-refresh", REFRESH).json();

    assertThat(refreshed.at("/refreshed").asBoolean()).isFalse();
    assertThat(status().at("/workerId").asText()).isEqualTo(old.id());
  }

  @TestFactory
  Stream<DynamicTest>
      newest_clients_5_another_machine_another_credential_and_no_machine_take_nothing() {
    String user = ",\"projectId\":\"" + tag + "\"";
    return Stream.of(
            List.of("another machine", REGISTRATION_TOKEN, "\"machineId\":\"" + tag + "-2\""),
            List.of("a user's key", SluiceServer.API_KEY, "\"machineId\":\"" + tag + "\"" + user),
            List.of("an empty machine", REGISTRATION_TOKEN, "\"machineId\":\"\""),
            List.of("no machine", REGISTRATION_TOKEN, "\"capacity\":1"))
        .map(each -> dynamicTest(each.get(0), () -> takesNothing(each.get(1), each.get(2))));
  }

  private void takesNothing(String credential, String members) {
    TestWorker other = register(credential, members);
    assertThat(call(other, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean()).isFalse();
    for (Map.Entry<String, String> each : CALLS) {
      Answer answer = call(other, each.getKey(), each.getValue());
      assertThat(answer.status()).as("%s: %s", each.getKey(), answer.body()).isEqualTo(403);
    }
    assertThat(other.report(session, "completed").status()).isEqualTo(403);
    String named = "{\"workerId\":\"" + old.id() + "\",\"status\":\"completed\"}";
    assertThat(call(other, "status", named).status()).isEqualTo(403);
    assertThat(status().at("/workerId").asText()).isEqualTo(old.id());
    assertThat(status().at("/status").asText()).isEqualTo("running");
    server().delete("/api/workers/" + other.id(), SluiceServer.API_KEY);
  }

  @Test
  void newest_clients_5_without_a_machine_a_restart_takes_nothing() {
    TestWorker first = register(REGISTRATION_TOKEN, "\"machineId\":\"\"");
    session = runs(first);
    TestWorker later = register(REGISTRATION_TOKEN, "\"machineId\":\"\"");

    assertThat(call(later, "lock-refresh", REFRESH).json().at("/refreshed").asBoolean()).isFalse();

    assertThat(first.report(session, "completed").status()).isEqualTo(200);
  }

  @Test
  void newest_clients_5_late_calls_of_the_old_id_move_nothing_back() {
    String left = runs(old); // keeps the record of the old worker
    TestWorker later = register();
    for (TestWorker each : List.of(later, old, later)) {
      call(each, "lock-refresh", REFRESH);
    }
    for (String end : List.of("completed", "failed", "stopped")) {
      refusedAsOwnedBy(later, old.report(session, end));
    }
    for (Map.Entry<String, String> each : CALLS) {
      refusedAsOwnedBy(later, call(old, each.getKey(), each.getValue()));
      String self = "{\"workerId\":\"" + old.id() + "\"";
      String body = each.getValue().equals("{}") ? "}" : "," + each.getValue().substring(1);
      refusedAsOwnedBy(later, call(old, each.getKey(), self + body));
    }
    assertThat(status().at("/workerId").asText()).isEqualTo(later.id());
    assertThat(status().at("/status").asText()).isEqualTo("running");
    assertThat(old.report(left, "completed").status()).as("its own").isEqualTo(200);
    assertThat(later.report(session, "completed").status()).isEqualTo(200);
  }

  private static void refusedAsOwnedBy(TestWorker owner, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    assertThat(answer.text("/message")).contains("owned by another worker: " + owner.id());
  }

  @Test
  void newest_clients_5_of_two_restarts_at_once_the_latest_has_the_session() {
    for (int round = 0; round < 5; round++) {
      List<TestWorker> both = Together.all(2, n -> register());
      List<Boolean> refreshed =
          Together.all(
              2,
              n -> call(both.get(n), "lock-refresh", REFRESH).json().at("/refreshed").asBoolean());

      String owner = status().at("/workerId").asText();
      int latest = owner.equals(both.get(0).id()) ? 0 : 1;
      assertThat(owner).isEqualTo(both.get(latest).id());
      assertThat(refreshed.get(latest)).isTrue();
      Answer late = call(both.get(1 - latest), "lock-refresh", REFRESH);
      assertThat(late.json().at("/refreshed").asBoolean()).as(late.body()).isFalse();
      assertThat(both.get(latest).claims()).isEqualTo(1);
    }
  }
}
