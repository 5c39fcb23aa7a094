package dev.sluice.service.replay.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayScene;
import dev.sluice.service.replay.ReplayWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A day in the life of the TypeScript worker, with one kind of key. */
public abstract class TypeScriptWorkerContract extends ReplayScene {

  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration BEAT = Duration.ofSeconds(30);

  public abstract String key();

  @Test
  void itStartsAndIdles() {
    String project = tag + "-known";
    enqueueFor(project, "waiting", ",\"requiredCapabilities\":[\"" + tag + "\"]");
    TypeScriptWorker worker = kept(TypeScriptWorker.register(calls(), 3));
    assertThat(worker.config()).anyMatch(each -> each.asText().equals(project));
    worker.heartbeat(0);
    for (int i = 0; i < 13; i++) {
      assertThat(worker.poll().at("/work")).isEmpty();
      server().pass(POLL);
      if (i % 6 == 0) {
        worker.heartbeat(0);
      }
    }
  }

  @Test
  void itWorksThroughASession() {
    String id = enqueue("work", ",\"issueIdentifier\":\"ENG-124\",\"workType\":\"development\"");
    TypeScriptWorker worker = registered(3);
    worker.heartbeat(0);
    JsonNode item = worker.poll().at("/work/0");
    assertThat(item.at("/sessionId").asText()).isEqualTo(id);
    assertThat(item.at("/issueIdentifier").asText()).isEqualTo("ENG-124");
    assertThat(item.at("/prompt").asText()).isEqualTo("Fix work");
    assertThat(item.at("/priority").isInt()).isTrue();
    assertThat(item.at("/queuedAt").isLong()).isTrue();
    String issue = item.at("/issueId").asText();

    worker.running(id);
    worker.progress(id, "claimed");
    // It doesn't wait for the answer to this one.
    CompletableFuture<JsonNode> started =
        CompletableFuture.supplyAsync(
            () ->
                worker.status(
                    id,
                    "running",
                    ",\"providerSessionId\":\"provider-5f0c\",\"worktreePath\":\"/w/ENG-124\""));
    worker.progress(id, "started");
    worker.activity(id, "\"type\":\"thought\",\"content\":\"The test races with the timer\"");
    worker.activity(
        id,
        "\"type\":\"action\",\"content\":\"Reading\",\"toolName\":\"Read\",\"toolInput\":{\"path\":\"/a\"},"
            + "\"toolCategory\":\"file\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"");
    assertThat(started.join().at("/session/worktreePath").asText()).isEqualTo("/w/ENG-124");
    for (int second = 0; second < 120; second += 5) {
      server().pass(POLL);
      JsonNode seen = worker.look(id);
      assertThat(seen.at("/status").asText()).isEqualTo("running");
      assertThat(seen.at("/workerId").asText()).isEqualTo(worker.id());
      if (second % 30 == 0) {
        worker.heartbeat(1);
      }
      if (second % 60 == 0) {
        worker.refreshLock(id, issue);
      }
      assertThat(worker.poll().at("/work")).isEmpty();
    }

    worker.end(id);
    worker.heartbeat(0);
    assertThat(held(worker)).isEmpty();
    assertThat(work(id).at("/result/totalCostUsd").asDouble()).isEqualTo(0.4213);
    assertThat(work(id).at("/result/worktreePath").asText()).isEqualTo("/w/ENG-124.wt");
  }

  @Test
  void withoutATrackerOfItsOwnItsItemsComplete() {
    List<String> ids =
        List.of(enqueue("1"), enqueue("2", ",\"issueIdentifier\":\"" + tag + "-7\""));
    TypeScriptWorker worker = registered(2);
    JsonNode poll = worker.poll();
    assertThat(ReplayWorker.claims(poll)).containsExactlyElementsOf(ids);

    for (JsonNode item : poll.at("/work")) {
      String id = item.at("/sessionId").asText();
      JsonNode issue = worker.readIssue(item);
      worker.running(id);
      worker.tellIssue(issue);
      worker.end(id);

      assertThat(state(id)).isEqualTo("completed");
      String kept =
          operator()
              .get("/api/public/session-activities?sessionId=" + id)
              .at("/activities")
              .toString();
      assertThat(kept).contains("Started", "## Work complete", "Finished");
    }
    assertThat(held(worker)).isEmpty();
  }

  @Test
  void whatATrackerWouldDoBeyondThatIsRefusedInItsOwnWords() {
    String id = enqueue("other");
    TypeScriptWorker worker = working(1, id);
    for (String method : List.of("unassignIssue", "getSubIssueGraph", "getTeamStatuses")) {
      JsonNode refused = worker.untracked(method, id);
      assertThat(refused.at("/code").asText()).isEqualTo("NOT_SUPPORTED");
      assertThat(refused.at("/message").asText()).contains(method);
      assertThat(refused.at("/retryable").asBoolean(true)).isFalse();
    }
    worker.end(id);
  }

  @Test
  void itInjectsADirectiveAndAcknowledgesItOnlyThen() {
    String id = enqueue("directive");
    TypeScriptWorker worker = working(3, id);
    for (String type : List.of("directive", "hook-result")) {
      String sent = send(id, type, "Keep the old API");
      JsonNode message = worker.message(id);
      assertThat(message.at("/id").asText()).isEqualTo(sent);
      assertThat(message.at("/type").asText()).isEqualTo(type);
      assertThat(message.at("/payload").asText()).isEqualTo("Keep the old API");
      // The agent can't be resumed: no acknowledgement, and it comes again.
      alive(worker, Duration.ofSeconds(60));
      JsonNode again = worker.message(id);
      assertThat(again.at("/id").asText()).isEqualTo(sent);
      worker.ack(id, again);
      alive(worker, Duration.ofSeconds(60));
      assertThat(worker.poll().at("/hasInboxMessages").asBoolean()).isFalse();
    }
  }

  @Test
  void itAcknowledgesANudgeAtOnce() {
    String id = enqueue("nudge");
    TypeScriptWorker worker = working(3, id);
    send(id, "nudge", "Still there?");
    JsonNode nudge = worker.message(id);
    assertThat(nudge.at("/type").asText()).isEqualTo("nudge");
    assertThat(nudge.at("/lane").asText()).isEqualTo("normal");
    worker.ack(id, nudge);
    alive(worker, Duration.ofSeconds(60));
    assertThat(worker.poll().at("/hasInboxMessages").asBoolean()).isFalse();
  }

  @Test
  void aStopThatItSeesByLookingFreesItsSlotWithoutAnEndReported() {
    String id = enqueue("stopped");
    String next = enqueue("next");
    TypeScriptWorker worker = working(1, id);
    stop(id);
    JsonNode seen = worker.look(id);
    assertThat(seen.at("/status").asText()).isEqualTo("stopped");
    assertThat(seen.at("/workerId").asText()).as("else it had lost it").isEqualTo(worker.id());

    worker.activity(id, "\"type\":\"response\",\"content\":\"Stopped by user\"");
    JsonNode finalizing = worker.status(id, "finalizing", "");
    assertThat(finalizing.at("/updated").asBoolean()).isFalse();
    assertThat(finalizing.at("/session/status").asText()).isEqualTo("stopped");
    worker.progress(id, "stopped");
    // And no terminal status at all.
    JsonNode poll = worker.poll();
    assertThat(poll.at("/claimedSessionIds/0").asText()).isEqualTo(next);
    assertThat(poll.at("/hasInboxMessages").asBoolean()).isFalse();
    assertThat(state(id)).isEqualTo("stopped");
  }

  @Test
  void aStopByInboxEndsInStopped() {
    String id = enqueue("stopped");
    String next = enqueue("next");
    TypeScriptWorker worker = working(1, id);
    send(id, "directive", "Overtaken by the stop");
    stop(id);
    JsonNode message = worker.message(id);
    assertThat(message.at("/type").asText()).isEqualTo("stop");
    assertThat(message.at("/lane").asText()).isEqualTo("urgent");
    worker.activity(id, "\"type\":\"response\",\"content\":\"Stopped by user\"");
    worker.ack(id, message);
    assertThat(worker.status(id, "finalizing", "").at("/session/status").asText())
        .isEqualTo("stopped");
    worker.progress(id, "stopped");
    assertThat(worker.status(id, "stopped", "").at("/updated").asBoolean()).isTrue();
    assertThat(worker.poll().at("/claimedSessionIds/0").asText()).isEqualTo(next);
  }

  @Test
  void whatAnotherWorkerHasMeanwhileItLeavesAlone() {
    String id = enqueue("lost");
    TypeScriptWorker worker = working(1, id);
    server().pass(Duration.ofSeconds(200));
    TypeScriptWorker other = working(1, id);
    assertThat(worker.look(id).at("/workerId").asText()).isEqualTo(other.id());
    String stopping = worker.activityBody("\"type\":\"response\",\"content\":\"Stopped by user\"");
    for (Answer refused :
        List.of(
            worker.any(id, "activity", stopping),
            worker.any(id, "status", statusBody(worker, "finalizing")),
            worker.any(id, "progress", worker.progressBody("stopped")))) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(refused.body()).contains("owned by another worker"); // it emits no more
    }
    assertThat(other.look(id).at("/status").asText()).isEqualTo("running");
    assertThat(held(other)).containsExactly(id);
  }

  @Test
  void evictedItRegistersAnewAndGoesOnWithWhatNobodyTook() {
    List<String> ids = List.of(enqueue("kept"), enqueue("taken"));
    TypeScriptWorker old = working(2, ids.toArray(String[]::new));
    server().pass(Duration.ofMinutes(130)); // the lid was closed
    TypeScriptWorker other = registered(1);
    assertThat(other.poll().at("/claimedSessionIds/0").asText()).isEqualTo(ids.get(0));
    old.isEvicted();

    TypeScriptWorker anew = registered(2);
    assertThat(anew.id()).isNotEqualTo(old.id());
    JsonNode lost = anew.takeOver(ids.get(0), old);
    assertThat(lost.at("/transferred").asBoolean()).as("it kills that agent").isFalse();
    assertThat(lost.at("/reason").asText()).isNotEmpty();
    JsonNode kept = anew.takeOver(ids.get(1), old);
    assertThat(kept.at("/transferred").asBoolean()).isTrue();
    assertThat(kept.at("/session/workerId").asText()).isEqualTo(anew.id());
    anew.heartbeat(1);
    assertThat(anew.look(ids.get(1)).at("/workerId").asText()).isEqualTo(anew.id());
    anew.status(ids.get(1), "finalizing", "");
    assertThat(anew.status(ids.get(1), "completed", "").at("/session/status").asText())
        .isEqualTo("completed");
    assertThat(held(anew)).isEmpty();
  }

  @Test
  void afterThreeFailedHeartbeatsItRegistersAnewAndTakesItsSessionsAlong() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"));
    TypeScriptWorker old = working(2, ids.toArray(String[]::new));
    server().pass(BEAT.multipliedBy(3)); // none of them reached the server
    TypeScriptWorker anew = registered(2);
    for (String id : ids) {
      assertThat(anew.takeOver(id, old).at("/transferred").asBoolean()).isTrue();
    }
    assertThat(held(anew)).containsExactlyInAnyOrderElementsOf(ids);
    String next = enqueue("next");
    anew.heartbeat(2);
    assertThat(anew.poll().at("/work")).as("its slots are taken").isEmpty();
    alive(anew, Duration.ofSeconds(200)); // and the old one is heard of no more
    ids.forEach(id -> assertThat(anew.look(id).at("/status").asText()).isEqualTo("running"));
    anew.status(ids.get(0), "completed", "");
    assertThat(anew.poll().at("/claimedSessionIds/0").asText()).isEqualTo(next);
  }

  @Test
  void surplusItemsThatItDropsComeAgain() {
    List<String> ids = List.of(enqueue("1"), enqueue("2"), enqueue("3"));
    TypeScriptWorker worker = registered(3);
    assertThat(worker.poll().at("/work")).hasSize(3);
    worker.running(ids.get(0)); // two agents of an earlier life were still at work
    alive(worker, Duration.ofMinutes(6));
    for (String id : ids.subList(1, 3)) { // each alone
      JsonNode again = worker.poll();
      assertThat(again.at("/claimedSessionIds/0").asText()).isEqualTo(id);
      assertThat(again.at("/work")).hasSize(1);
    }
  }

  @Test
  void crashedAndStartedAgainItIsHandedWhatItHadAsItWas() {
    String id = enqueue("crash", ",\"providerSessionId\":\"provider-1\",\"model\":\"m\"");
    TypeScriptWorker crashed = registered(1);
    String before = crashed.poll().at("/work/0").toString();
    crashed.running(id);
    TypeScriptWorker again = registered(1); // a new process knows nothing of the old one's
    again.heartbeat(0);
    assertThat(again.poll().at("/work")).isEmpty();
    alive(again, Duration.ofSeconds(200));
    assertThat(again.poll().at("/work/0").toString()).isEqualTo(before);
    again.running(id);
  }

  @Test
  void atItsShutdownItReadsHowMuchItLeaves() {
    TypeScriptWorker idle = registered(1);
    assertThat(idle.deregister()).isZero();
    String id = enqueue("left");
    TypeScriptWorker worker = working(1, id);
    assertThat(worker.deregister()).isEqualTo(1);
    worker.isEvicted();
    assertThat(registered(1).poll().at("/claimedSessionIds/0").asText()).isEqualTo(id);
  }

  @Test
  void withAWrongKeyItIsToldSoInJson() {
    Calls stranger = server().calls("wrong-" + key());
    assertThat(
            stranger.refused(
                401, "POST", "/api/workers/register", "{\"hostname\":\"h\",\"capacity\":3}"))
        .contains("Invalid or missing API key");
  }

  private Calls calls() {
    return server().calls(key());
  }

  private TypeScriptWorker registered(int capacity) {
    return kept(TypeScriptWorker.register(calls(), capacity, tag));
  }

  private TypeScriptWorker working(int capacity, String... ids) {
    TypeScriptWorker worker = registered(capacity);
    JsonNode poll = worker.poll();
    assertThat(ReplayWorker.claims(poll)).startsWith(ids);
    for (String id : ids) {
      worker.running(id);
    }
    return worker;
  }

  private TypeScriptWorker kept(TypeScriptWorker worker) {
    kept(new ReplayWorker(worker.calls(), worker.id()));
    return worker;
  }

  private List<String> held(TypeScriptWorker worker) {
    return held(new ReplayWorker(worker.calls(), worker.id()));
  }

  private void alive(TypeScriptWorker worker, Duration time) {
    passAlive(time, new ReplayWorker(worker.calls(), worker.id()));
  }

  private static String statusBody(TypeScriptWorker worker, String status) {
    return "{\"workerId\":\"%s\",\"status\":\"%s\"}".formatted(worker.id(), status);
  }
}
