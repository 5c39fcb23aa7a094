package dev.sluice.service.replay;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Base of the tests: work and workers of their own project, removed at the end. */
public abstract class ReplayScene {

  /** The project; ids begin with it. */
  protected final String tag = "replay-" + System.nanoTime();

  private final List<String> sessions = new ArrayList<>();
  private final List<ReplayWorker> workers = new ArrayList<>();

  protected abstract ReplayServer server();

  @AfterEach
  protected void clear() {
    workers.stream()
        .filter(worker -> !gone(worker))
        .forEach(worker -> worker.calls().delete("/api/workers/" + worker.id()));
    sessions.forEach(id -> operator().delete("/api/work/" + id));
  }

  private static boolean gone(ReplayWorker worker) {
    return worker.calls().call("GET", "/api/workers/" + worker.id(), null, Map.of()).status()
        == 404;
  }

  protected Calls operator() {
    return server().operator();
  }

  protected String enqueue(String name) {
    return enqueue(name, "");
  }

  protected String enqueue(String name, String members) {
    return enqueueFor(tag, name, members);
  }

  protected String enqueueFor(String project, String name, String members) {
    // Of items of one millisecond the id decides the order: it shall be that of their enqueues.
    String id = "%s-%02d-%s".formatted(tag, sessions.size(), name);
    String item = "{\"sessionId\":\"%s\",\"prompt\":\"Fix %s\"".formatted(id, name);
    if (!project.isEmpty()) {
      item += ",\"projectName\":\"" + project + "\"";
    }
    operator().post("/api/work", item + members + "}");
    sessions.add(id);
    return id;
  }

  protected ReplayWorker worker(int capacity) {
    return worker(capacity, "");
  }

  /** Registers with more members, each after a comma. */
  protected ReplayWorker worker(int capacity, String members) {
    return workerOf(tag, capacity, members);
  }

  protected ReplayWorker workerOf(String project, int capacity, String members) {
    ReplayWorker worker =
        ReplayWorker.register(
            server().calls(REGISTRATION_TOKEN),
            "{\"hostname\":\"build-7\",\"capacity\":%d,\"projects\":[\"%s\"]%s}"
                .formatted(capacity, project, members));
    workers.add(worker);
    return worker;
  }

  /** Removes at the end a worker made without {@link #worker}. */
  protected ReplayWorker kept(ReplayWorker worker) {
    workers.add(worker);
    return worker;
  }

  protected JsonNode work(String id) {
    return operator().get("/api/work/" + id);
  }

  protected String place(String id) {
    return work(id).at("/place").asText();
  }

  protected String state(String id) {
    return work(id).at("/state").asText();
  }

  protected JsonNode stop(String id) {
    return operator().post(ReplayWorker.path(id, "stop"), "");
  }

  protected String send(String id, String type, String payload) {
    return operator()
        .post(
            ReplayWorker.path(id, "inbox"),
            "{\"type\":\"%s\",\"payload\":\"%s\"}".formatted(type, payload))
        .at("/id")
        .asText();
  }

  /** Passes time while these workers beat every half minute. */
  protected void passAlive(Duration time, ReplayWorker... alive) {
    Duration beat = Duration.ofSeconds(30);
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(beat) < 0 ? left : beat;
      server().pass(step);
      for (ReplayWorker worker : alive) {
        assertThat(worker.heartbeat(1).at("/acknowledged").asBoolean()).isTrue();
      }
      left = left.minus(step);
    }
  }

  protected List<String> held(ReplayWorker worker) {
    List<String> held = new ArrayList<>();
    worker
        .calls()
        .get("/api/workers/" + worker.id())
        .at("/activeSessions")
        .forEach(session -> held.add(session.asText()));
    return held;
  }
}
