package dev.sluice.service.replay.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayWorker;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TypeScript worker: its exact requests, each with its one key, and the members that it reads.
 * It parses every answer, so each must be JSON ({@link Calls} insists on it).
 *
 * @param calls with its one key, a legacy key or a registration token
 */
record TypeScriptWorker(Calls calls, String id) {

  private static final String TRACKER = "/api/issue-tracker-proxy";

  /** Its heartbeat timer and its poll loop start at this answer. */
  static TypeScriptWorker register(Calls calls, int capacity, String... projects) {
    String named =
        projects.length == 0 ? "" : ",\"projects\":[\"" + String.join("\",\"", projects) + "\"]";
    JsonNode answer =
        calls.post(
            "/api/workers/register",
            "{\"hostname\":\"build-7\",\"capacity\":%d,\"version\":\"1.0.0\"%s}"
                .formatted(capacity, named));
    assertThat(answer.at("/heartbeatInterval").asInt()).isEqualTo(30_000);
    assertThat(answer.at("/pollInterval").asInt()).isEqualTo(200);
    assertThat(answer.at("/workerId").asText()).isNotEmpty();
    return new TypeScriptWorker(calls, answer.at("/workerId").asText());
  }

  /** Read once, right after a registration without projects. */
  JsonNode config() {
    return calls.get("/api/config").at("/projects");
  }

  JsonNode heartbeat(int activeCount) {
    JsonNode answer = calls.post(path("heartbeat"), heartbeatBody(activeCount));
    assertThat(answer.at("/acknowledged").asBoolean()).isTrue();
    assertThat(answer.at("/pendingWorkCount").isIntegralNumber()).isTrue();
    return answer;
  }

  /** Expects a heartbeat or poll that tells it that its worker is gone. */
  void isEvicted() {
    assertThat(calls.refused(404, "POST", path("heartbeat"), heartbeatBody(1)))
        .contains("Worker not found");
    assertThat(calls.refused(404, "GET", path("poll"), null)).contains("Worker not found");
  }

  /** Polls; runs what it claimed, and reads messages only if told of some. */
  JsonNode poll() {
    JsonNode poll = calls.get(path("poll"));
    assertThat(poll.at("/work").isArray()).isTrue();
    assertThat(poll.at("/preClaimed").asBoolean()).isEqualTo(!poll.at("/work").isEmpty());
    assertThat(poll.at("/claimedSessionIds").size()).isEqualTo(poll.at("/work").size());
    assertThat(poll.at("/inboxMessages").isObject()).isTrue();
    assertThat(poll.at("/hasInboxMessages").asBoolean())
        .isEqualTo(!poll.at("/inboxMessages").isEmpty());
    return poll;
  }

  JsonNode message(String session) {
    JsonNode poll = poll();
    assertThat(poll.at("/inboxMessages").path(session)).as("%s", poll).hasSize(1);
    JsonNode message = poll.at("/inboxMessages").path(session).get(0);
    assertThat(message.at("/sessionId").asText()).isEqualTo(session);
    assertThat(message.at("/lane").asText()).isIn("urgent", "normal");
    return message;
  }

  /** Its first call about a session. */
  JsonNode running(String session) {
    JsonNode answer = status(session, "running", "");
    assertThat(answer.at("/updated").asBoolean()).isTrue();
    return answer;
  }

  /** Its calls before an agent starts, without a key of a tracker; returns the issue. */
  JsonNode readIssue(JsonNode item) {
    JsonNode issue = track("getIssue", item.at("/issueIdentifier").asText());
    assertThat(issue.at("/id").asText()).isNotEmpty();
    assertThat(issue.at("/identifier")).isEqualTo(item.at("/issueIdentifier"));
    assertThat(issue.at("/title").asText()).isNotEmpty();
    assertThat(issue.at("/url").asText()).startsWith("http");
    assertThat(issue.at("/priority").isInt()).isTrue();
    assertThat(issue.at("/labels").isArray()).isTrue();
    assertThat(issue.at("/createdAt").asText()).endsWith("Z");
    assertThat(issue.at("/updatedAt").asText()).endsWith("Z");
    String id = issue.at("/id").asText();
    assertThat(track("isParentIssue", id).isBoolean()).isTrue();
    assertThat(track("isChildIssue", id).isBoolean()).isTrue();
    JsonNode started = track("updateIssueStatus", id, "Started");
    assertThat(started.at("/state/name").asText()).isEqualTo("Started");
    return issue;
  }

  /** Its calls after its agent has ended. */
  void tellIssue(JsonNode issue) {
    String id = issue.at("/id").asText();
    String text = "## Work complete\n\nWaits for the event now";
    JsonNode comment = track("createComment", id, text);
    assertThat(comment.at("/id").asText()).isNotEmpty();
    assertThat(comment.at("/body").asText()).isEqualTo(text);
    JsonNode finished = track("updateIssueStatus", id, "Finished");
    assertThat(finished.at("/state/name").asText()).isEqualTo("Finished");
  }

  /** Throws without {@code success}, which fails its session. */
  private JsonNode track(String method, String... args) {
    JsonNode answer = calls.post(TRACKER, trackerBody(method, args));
    assertThat(answer.at("/success").asBoolean()).as("%s", answer).isTrue();
    return answer.at("/data");
  }

  /** Returns the error of a call that is refused; it reads nothing else of that answer. */
  JsonNode untracked(String method, String... args) {
    Answer answer = calls.call("POST", TRACKER, trackerBody(method, args), Map.of());
    assertThat(answer.json().at("/success").asBoolean(true)).as(answer.body()).isFalse();
    return answer.json().at("/error");
  }

  private static String trackerBody(String method, String... args) {
    String list =
        Stream.of(args)
            .map(each -> TextNode.valueOf(each).toString())
            .collect(Collectors.joining(","));
    return "{\"method\":\"%s\",\"args\":[%s]}".formatted(method, list);
  }

  /** Begins and ends a session. */
  void workThrough(String session) {
    running(session);
    progress(session, "claimed");
    status(
        session,
        "running",
        ",\"providerSessionId\":\"provider-5f0c\",\"worktreePath\":\"/w/ENG-124\"");
    progress(session, "started");
    end(session);
  }

  /** Its last calls about a session that its agent has ended well. */
  JsonNode end(String session) {
    JsonNode linked =
        calls.post(
            ReplayWorker.path(session, "external-urls"),
            "{\"externalUrls\":[{\"label\":\"Pull"
                + " Request\",\"url\":\"https://git.example/7\"}]}");
    assertThat(linked.at("/updated").asBoolean()).isTrue();
    status(session, "finalizing", "");
    JsonNode late = status(session, "running", ",\"worktreePath\":\"/w/ENG-124.wt\"");
    assertThat(late.at("/session/status").asText()).isEqualTo("finalizing");
    calls.post(
        ReplayWorker.path(session, "completion"),
        "{\"summary\":\"Waits for the event now\",\"planItems\":[{\"title\":\"Find"
            + " it\",\"state\":\"completed\"}]}");
    progress(session, "completed");
    JsonNode done =
        status(
            session,
            "completed",
            ",\"providerSessionId\":\"provider-5f0c\",\"worktreePath\":\"/w/ENG-124.wt\","
                + "\"totalCostUsd\":0.4213,\"inputTokens\":120394,\"outputTokens\":8021");
    assertThat(done.at("/session/status").asText()).isEqualTo("completed");
    return done;
  }

  JsonNode status(String session, String status, String members) {
    return calls.post(
        ReplayWorker.path(session, "status"),
        "{\"workerId\":\"%s\",\"status\":\"%s\"%s}".formatted(id, status, members));
  }

  /** Its call every five seconds about a running session. */
  JsonNode look(String session) {
    return calls.get(ReplayWorker.path(session, "status"));
  }

  /** Warns if an activity isn't forwarded. */
  void activity(String session, String activity) {
    JsonNode answer = calls.post(ReplayWorker.path(session, "activity"), activityBody(activity));
    assertThat(answer.at("/forwarded").asBoolean()).isTrue();
  }

  String activityBody(String activity) {
    return "{\"workerId\":\"%s\",\"activity\":{%s}}".formatted(id, activity);
  }

  /** Warns if progress isn't posted. */
  void progress(String session, String milestone) {
    JsonNode answer = calls.post(ReplayWorker.path(session, "progress"), progressBody(milestone));
    assertThat(answer.at("/posted").asBoolean()).isTrue();
  }

  String progressBody(String milestone) {
    return "{\"workerId\":\"%s\",\"milestone\":\"%s\",\"message\":\"Now: %s\"}"
        .formatted(id, milestone, milestone);
  }

  /** Every minute; ignores the answer. */
  void refreshLock(String session, String issue) {
    calls.post(
        ReplayWorker.path(session, "lock-refresh"),
        "{\"workerId\":\"%s\",\"issueId\":\"%s\"}".formatted(id, issue));
  }

  void ack(String session, JsonNode message) {
    JsonNode answer =
        calls.post(
            ReplayWorker.path(session, "inbox/ack"),
            "{\"messageId\":%s,\"lane\":%s}".formatted(message.at("/id"), message.at("/lane")));
    assertThat(answer.at("/acknowledged").asBoolean()).isTrue();
  }

  /** Uses its key, after a new registration and before any other use of the new id. */
  JsonNode takeOver(String session, TypeScriptWorker old) {
    return calls.post(
        ReplayWorker.path(session, "transfer-ownership"),
        "{\"newWorkerId\":\"%s\",\"oldWorkerId\":\"%s\"}".formatted(id, old.id));
  }

  int deregister() {
    JsonNode answer = calls.delete("/api/workers/" + id);
    assertThat(answer.at("/deregistered").asBoolean()).isTrue();
    assertThat(answer.at("/unclaimedSessions").isArray()).isTrue();
    return answer.at("/unclaimedSessions").size();
  }

  Answer any(String session, String call, String body) {
    return calls.call("POST", ReplayWorker.path(session, call), body, Map.of());
  }

  private String path(String call) {
    return "/api/workers/" + id + "/" + call;
  }

  private static String heartbeatBody(int activeCount) {
    return "{\"activeCount\":%d,\"load\":{\"cpu\":2.13671875,\"memory\":0.8312394}}"
        .formatted(activeCount);
  }
}
