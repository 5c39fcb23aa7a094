package dev.sluice.service.replay.clients;

import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.parked;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.session;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.agentfactory.GeneratedFleet;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayScene;
import dev.sluice.service.replay.ReplayWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The rest of the day of TypeScript workers that were at work at AgentFactory's server when its
 * data came over: they are told the new address, and know nothing else of it.
 */
public abstract class ImportedDayContract extends ReplayScene {

  private static final Duration POLL = Duration.ofSeconds(5);

  /** Claimed at the other server, but not begun; has parked work. */
  private static final int CLAIMED = 0;

  /** Running there, with messages. */
  private static final int RUNNING = 57;

  /** It took over the other server's list when it started. */
  private static final String[] PROJECTS =
      IntStream.range(0, 10).mapToObj(n -> "proj-" + n).toArray(String[]::new);

  private static final int NEXT = 107;
  private static final int STOPPED = 157;

  private final List<String> acknowledged = new ArrayList<>();

  @Test
  void theWorkersDayContinues() {
    TypeScriptWorker first = imported(0);
    TypeScriptWorker second = imported(7);
    assertThat(first.heartbeat(9).at("/pendingWorkCount").asInt())
        .isGreaterThanOrEqualTo(GeneratedFleet.WAITING);
    second.heartbeat(9);

    itGetsItsMessagesAndTheBestWork(second);
    itEndsWhatItHadClaimed(first);
    itShutsDown(first);
    itGoesOnWithARunningSession(second);
    itIsStopped(second);
    restartedItTakesItsSessionsAlong(second);
  }

  private void itGetsItsMessagesAndTheBestWork(TypeScriptWorker worker) {
    JsonNode poll = worker.poll();
    assertThat(ReplayWorker.claims(poll)).containsExactly(waiting(0));
    JsonNode item = poll.at("/work/0");
    StrictJson.read(GeneratedFleet.item(0))
        .properties()
        .forEach(member -> assertThat(item.path(member.getKey())).isEqualTo(member.getValue()));
    assertThat(poll.at("/inboxMessages")).hasSize(8);
    JsonNode urgent = poll.at("/inboxMessages").path(session(RUNNING)).get(0);
    assertThat(urgent.at("/type").asText()).isEqualTo("directive");
    assertThat(urgent.at("/userName").asText()).isEqualTo("Ann");
    acknowledge(worker, poll);
    worker.workThrough(waiting(0));
    assertThat(state(waiting(0))).isEqualTo("completed");
  }

  private void itEndsWhatItHadClaimed(TypeScriptWorker worker) {
    String parked = parked(0);
    assertThat(place(parked)).isEqualTo("parked");
    worker.workThrough(session(CLAIMED));
    assertThat(place(parked)).isEqualTo("ready");
    operator().call("PATCH", "/api/work/" + parked, "{\"front\":true}", Map.of());
    JsonNode poll = worker.poll();
    assertThat(ReplayWorker.claims(poll)).startsWith(parked);
    ReplayWorker.claims(poll).forEach(worker::running);
    worker.workThrough(parked);
  }

  private void itShutsDown(TypeScriptWorker worker) {
    List<String> left = held(0);
    assertThat(left).contains(session(50));
    assertThat(worker.deregister()).isEqualTo(left.size());
    assertThat(place(parked(5))).as("better work of the same issue").isEqualTo("ready");
    assertThat(place(session(50))).isEqualTo("parked");
    assertThat(work(session(50)).at("/attempts").asInt()).isZero();
  }

  private void acknowledge(TypeScriptWorker worker, JsonNode poll) {
    for (JsonNode message : poll.at("/inboxMessages").path(session(RUNNING))) {
      worker.ack(session(RUNNING), message);
      acknowledged.add(message.at("/payload").asText());
    }
  }

  /** With all its timers, for two minutes. */
  private void itGoesOnWithARunningSession(TypeScriptWorker worker) {
    String id = session(RUNNING);
    for (int second = 0; second < 120; second += 5) {
      server().pass(POLL);
      JsonNode seen = worker.look(id);
      assertThat(seen.at("/status").asText()).isEqualTo("running");
      assertThat(seen.at("/workerId").asText()).isEqualTo(worker.id());
      worker.activity(id, "\"type\":\"thought\",\"content\":\"It is " + second + "\"");
      if (second % 30 == 0) {
        worker.heartbeat(9);
      }
      if (second % 60 == 0) {
        worker.refreshLock(id, seen.at("/issueId").asText());
      }
      JsonNode poll = worker.poll();
      ReplayWorker.claims(poll).forEach(worker::running);
      acknowledge(worker, poll);
    }
    assertThat(acknowledged)
        .as("each once, also the one that was read there, but not acknowledged")
        .containsExactlyInAnyOrder("urgent", "unread", "read");
    worker.end(id);
    assertThat(work(id).at("/result/totalCostUsd").asDouble()).isEqualTo(0.4213);
    assertThat(work(id).at("/attempts").asInt()).isZero();
  }

  private void itIsStopped(TypeScriptWorker worker) {
    String id = session(STOPPED);
    stop(id);
    assertThat(worker.look(id).at("/status").asText()).isEqualTo("stopped");
    worker.activity(id, "\"type\":\"response\",\"content\":\"Stopped by user\"");
    worker.status(id, "finalizing", "");
    worker.progress(id, "stopped");
    assertThat(state(id)).isEqualTo("stopped");
  }

  private void restartedItTakesItsSessionsAlong(TypeScriptWorker old) {
    server().pass(Duration.ofSeconds(90)); // three heartbeats that didn't arrive
    TypeScriptWorker anew = TypeScriptWorker.register(calls(), 10, PROJECTS);
    List<String> running = held(7);
    assertThat(running).contains(session(NEXT)).doesNotContain(session(RUNNING), session(STOPPED));
    for (String id : running) {
      assertThat(anew.takeOver(id, old).at("/transferred").asBoolean()).as(id).isTrue();
    }
    anew.heartbeat(running.size());
    assertThat(anew.look(session(NEXT)).at("/workerId").asText()).isEqualTo(anew.id());
    anew.end(session(NEXT));
    assertThat(state(session(NEXT))).isEqualTo("completed");
    assertThat(ReplayWorker.claims(anew.poll())).isNotEmpty();
  }

  private List<String> held(int w) {
    return held(new ReplayWorker(calls(), GeneratedFleet.worker(w)));
  }

  private TypeScriptWorker imported(int w) {
    return new TypeScriptWorker(calls(), GeneratedFleet.worker(w));
  }

  private Calls calls() {
    return server().calls(SluiceServer.LEGACY_KEY);
  }
}
