package dev.sluice.service.http.openapi;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the answers that depend on the state and not on the call. */
final class OpenApiDrives {

  static final String PASSWORD = "a password of the tests";

  /** Limits of the server: waiting items, jobs, and so on. */
  static final String[] LIMITS = {
    "limits.maxWaiting=40",
    "limits.maxBatch=30",
    "limits.maxNacks=1",
    "credentials.adminPassword=" + PASSWORD
  };

  private static final int FULL_INBOX = 1_000;

  private final Map<String, BiFunction<OpenApiCall, OpenApiScene, Answer>> drives = new HashMap<>();

  /**
   * @param reader a read-only user key
   */
  OpenApiDrives(String reader) {
    documentation();
    work();
    sessions();
    tasks();
    keys();
    operators();
    logins();
    workers(reader);
    transfers();
  }

  private void transfers() {
    on(
        "importOrg 409",
        (call, scene) ->
            call.send(
                scene,
                call.path(scene) + "?piece=2",
                call.bearer(scene),
                call.bodies().get(0),
                Map.of()));
    on("exportOrg 409", (call, scene) -> at(call, scene, call.path(scene) + "?closure=other"));
    on("discardImport 409", (call, scene) -> at(call, scene, call.path(scene) + "?closure=other"));
    on(
        "closeOrg 409",
        (call, scene) -> call.send(scene, "{\"id\":\"none\",\"movedTo\":\"http://other\"}"));
    on(
        "openOrg 409",
        (call, scene) -> {
          OpenApiScenes.beginImport(scene);
          return call.send(scene, null);
        });
  }

  boolean makes(OpenApiCall call, int status) {
    return drives.containsKey(call.id() + " " + status);
  }

  Answer drive(OpenApiCall call, int status, OpenApiScene scene) {
    return drives.get(call.id() + " " + status).apply(call, scene);
  }

  private void documentation() {
    on(
        "getHome 303",
        (call, scene) ->
            call.send(
                scene, call.path(scene), null, null, Map.of("Accept", "text/html,*/*;q=0.8")));
  }

  private void work() {
    String item = "{\"sessionId\":\"ses_demo\",\"prompt\":\"p\"}";
    on("enqueue 200", (call, scene) -> twice(call, scene, item, item));
    on("enqueue 409", (call, scene) -> twice(call, scene, item, item.replace("\"p\"", "\"q\"")));
    on("enqueue 429", (call, scene) -> full(call, scene, "sessionId", "\"prompt\":\"p\""));
    String batch = "{\"items\":[{\"prompt\":\"p\"}]}";
    on("enqueueBatch 200", (call, scene) -> withOneKey(call, scene, batch, batch));
    on(
        "enqueueBatch 422",
        (call, scene) -> withOneKey(call, scene, batch, batch.replace("\"p\"", "\"q\"")));
    on("enqueueBatch 429", (call, scene) -> fullOf(call, scene, batch));
    String job = "{\"batchJobId\":\"bat_demo\",\"workType\":\"any\"}";
    on("addBatchWork 200", (call, scene) -> twice(call, scene, job, job));
    on("addBatchWork 409", (call, scene) -> twice(call, scene, job, job.replace("any", "other")));
    on("addBatchWork 429", (call, scene) -> full(call, scene, "batchJobId", "\"workType\":\"w\""));
  }

  private void sessions() {
    on("sendMessage 409", (call, scene) -> behind(call, scene, "stop", "{}"));
    on("sendMessage 429", OpenApiDrives::fullInbox);
    on("promptPublicSession 409", (call, scene) -> behind(call, scene, "stop", "{}"));
    on("promptPublicSession 429", OpenApiDrives::fullInbox);
    on(
        "nackSession 409",
        (call, scene) -> {
          scene.worker().report(scene.id(), "running");
          return call.send(scene, call.bodies().get(0));
        });
    on(
        "reportStatus 409",
        (call, scene) -> {
          scene.worker().report(scene.id(), "failed");
          return call.send(scene, "{\"status\":\"completed\"}");
        });
    on("listEmbeddedActivities 400", (call, scene) -> at(call, scene, call.operation().path()));
    on("logOut 400", (call, scene) -> at(call, scene, "/api/logout?everywhere=maybe"));
    on(
        "listEmbeddedActivities 404",
        (call, scene) -> at(call, scene, call.operation().path() + "?sessionId=unknown"));
  }

  private void tasks() {
    on("submitTask 429", (call, scene) -> fullOf(call, scene, call.bodies().get(0)));
    for (String call : List.of("stopTask", "promptTask")) {
      String unknown = "{\"taskId\":\"unknown\",\"message\":\"m\"}";
      on(call + " 404", (made, scene) -> made.send(scene, unknown));
    }
    on("promptTask 409", (call, scene) -> behind(call, scene, "stop", "{}"));
    on("promptTask 429", OpenApiDrives::fullInbox);
    on("getCosts 400", (call, scene) -> at(call, scene, call.operation().path() + "?taskId=%01"));
    on("getCosts 404", (call, scene) -> at(call, scene, call.operation().path() + "?taskId=none"));
  }

  private void logins() {
    String wrong = "{\"name\":\"ses_demo\",\"password\":\"wrong\"}";
    on("logIn 401", (call, scene) -> call.send(scene, wrong));
    on("logIn 403", OpenApiDrives::fromAnotherSite);
    on(
        "logIn 429",
        (call, scene) -> {
          Answer answer = call.send(scene, wrong);
          while (answer.status() == 401) {
            answer = call.send(scene, wrong);
          }
          return answer;
        });
    on("logOut 403", OpenApiDrives::fromAnotherSite);
  }

  private static Answer fromAnotherSite(OpenApiCall call, OpenApiScene scene) {
    Map<String, String> foreign = Map.of("Sec-Fetch-Site", "cross-site");
    return call.send(scene, call.path(scene), null, call.bodies().get(0), foreign);
  }

  private void operators() {
    on(
        "getAutoscale 400",
        (call, scene) -> at(call, scene, call.operation().path() + "?project=%01"));
    String webhook = "{\"url\":\"https://hooks.invalid/a\"}";
    on(
        "addWebhook 409",
        (call, scene) -> {
          Answer answer = call.send(scene, webhook);
          while (answer.status() == 201) {
            answer = call.send(scene, webhook);
          }
          return answer;
        });
    on(
        "addWebhook 422",
        (call, scene) -> withOneKey(call, scene, webhook, webhook.replace("/a", "/b")));
    on("replayWebhookDelivery 409", OpenApiDrives::whileDisabled);
    on("listEvents 410", (call, scene) -> at(call, scene, "/api/events?after=999999999999"));
    on("changeWork 409", OpenApiDrives::onceItRuns);
    on("requeueSession 409", (call, scene) -> twice(call, scene, "{}", "{}"));
    on("requeueSession 429", OpenApiDrives::overAFullQueue);
    on("requeueDead 409", (call, scene) -> twice(call, scene, "{}", "{}"));
    on("requeueDead 429", OpenApiDrives::overAFullQueue);
    on("discardDead 409", (call, scene) -> twice(call, scene, null, null));
  }

  private void keys() {
    on(
        "enqueue 422",
        (call, scene) -> withOneKey(call, scene, "{\"prompt\":\"p\"}", "{\"prompt\":\"q\"}"));
    on(
        "sendMessage 422",
        (call, scene) ->
            withOneKey(
                call,
                scene,
                "{\"type\":\"nudge\",\"payload\":\"\"}",
                "{\"type\":\"nudge\",\"payload\":\"x\"}"));
    on(
        "promptPublicSession 422",
        (call, scene) ->
            twice(
                call,
                scene,
                "{\"prompt\":\"p\",\"idempotencyKey\":\"ses_demo\"}",
                "{\"prompt\":\"q\",\"idempotencyKey\":\"ses_demo\"}"));
    on(
        "promptTask 422",
        (call, scene) ->
            twice(
                call,
                scene,
                "{\"taskId\":\"ses_demo\",\"message\":\"p\",\"idempotencyKey\":\"ses_demo\"}",
                "{\"taskId\":\"ses_demo\",\"message\":\"q\",\"idempotencyKey\":\"ses_demo\"}"));
    on(
        "submitTask 422",
        (call, scene) -> withOneKey(call, scene, "{\"issueId\":\"a\"}", "{\"issueId\":\"b\"}"));
  }

  private static Answer withOneKey(
      OpenApiCall call, OpenApiScene scene, String first, String second) {
    Map<String, String> key = Map.of("Idempotency-Key", scene.id());
    scene.end(call.send(scene, call.path(scene), call.bearer(scene), first, key));
    return call.send(scene, call.path(scene), call.bearer(scene), second, key);
  }

  private void workers(String reader) {
    on("registerDaemon 401", (call, scene) -> daemon(call, scene, "rsk_live_nobody_knows_this"));
    on("registerDaemon 403", (call, scene) -> daemon(call, scene, reader));
    on(
        "daemonHeartbeat 404",
        (call, scene) -> {
          scene.server().delete("/api/workers/" + scene.worker().id(), scene.worker().token());
          return call.send(scene, call.bodies().get(0));
        });
    on(
        "callIssueTracker 404",
        (call, scene) ->
            call.send(scene, "{\"method\":\"getIssue\",\"args\":[\"nobody-knows-this\"]}"));
    on(
        "claimSession 404",
        (call, scene) -> byNobody(call, scene, "{\"workerId\":\"wkr_unknown\"}"));
    on(
        "transferSession 404",
        (call, scene) ->
            byNobody(
                call,
                scene,
                "{\"newWorkerId\":\"wkr_unknown\",\"oldWorkerId\":\"wkr_5e8cef96d13deebd\"}"));
  }

  private void on(String answer, BiFunction<OpenApiCall, OpenApiScene, Answer> drive) {
    drives.put(answer, drive);
  }

  private static Answer at(OpenApiCall call, OpenApiScene scene, String path) {
    return call.send(scene, path, call.bearer(scene), null, Map.of());
  }

  private static Answer twice(
      OpenApiCall call, OpenApiScene scene, @Nullable String first, @Nullable String second) {
    call.send(scene, first);
    return call.send(scene, second);
  }

  private static Answer behind(OpenApiCall call, OpenApiScene scene, String before, String body) {
    scene.done(before, body, 200);
    return call.send(scene, call.bodies().get(0));
  }

  private static Answer whileDisabled(OpenApiCall call, OpenApiScene scene) {
    Webhooks webhooks = AuthApplication.backend(scene.server()).webhooks();
    String org = scene.server().get("/api/me", scene.admin()).text("/org");
    StoredWebhook webhook = webhooks.list(org).get(0);
    String disabled =
        webhook.text().replace("\"progress\":{", "\"progress\":{\"disabled\":\"gone\",");
    assertThat(webhooks.replace(org, webhook, disabled)).isTrue();
    return call.send(scene, "{}");
  }

  private static Answer onceItRuns(OpenApiCall call, OpenApiScene scene) {
    scene.server().post("/api/sessions/" + scene.id() + "/claim", scene.worker().token(), "{}");
    return call.send(scene, call.bodies().get(0));
  }

  private static Answer overAFullQueue(OpenApiCall call, OpenApiScene scene) {
    scene.worker().report(scene.id(), "failed");
    List<String> filling = new ArrayList<>();
    Answer answer;
    do {
      String id = scene.id() + "-" + filling.size();
      filling.add(id);
      String item = "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\"}";
      answer = scene.server().post("/api/work", API_KEY, item);
    } while (answer.status() != 429);
    Answer refused = call.send(scene, "{}");
    filling.forEach(id -> scene.server().delete("/api/work/" + id, API_KEY));
    return refused;
  }

  private static Answer byNobody(OpenApiCall call, OpenApiScene scene, String body) {
    return call.send(scene, call.path(scene), REGISTRATION_TOKEN, body, Map.of());
  }

  private static Answer daemon(OpenApiCall call, OpenApiScene scene, String key) {
    return call.send(scene, call.bodies().get(0).replace("rsk_live_...", key));
  }

  private static Answer fullInbox(OpenApiCall call, OpenApiScene scene) {
    NewMessage nudge = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "", null, null);
    for (int i = 0; i < FULL_INBOX; i++) {
      AuthApplication.backend(scene.server())
          .inboxes()
          .send("default", scene.id(), nudge, new AuditNote("ann", ""));
    }
    return call.send(scene, call.bodies().get(0));
  }

  /** Enqueues until refused, then removes what waits. */
  private static Answer fullOf(OpenApiCall call, OpenApiScene scene, String body) {
    List<Answer> taken = new ArrayList<>();
    Answer answer = call.send(scene, body);
    while (answer.status() != 429) {
      taken.add(answer);
      answer = call.send(scene, body);
    }
    taken.forEach(scene::end);
    return answer;
  }

  /** Repeats the call until refused, then removes what waits. */
  private static Answer full(OpenApiCall call, OpenApiScene scene, String key, String members) {
    String start = "{\"" + key + "\":\"" + scene.id() + "-";
    for (int i = 0; ; i++) {
      Answer answer = call.send(scene, start + i + "\"," + members + "}");
      if (answer.status() == 429) {
        for (int k = 0; k < i; k++) {
          scene.server().delete("/api/work/" + scene.id() + "-" + k, API_KEY);
        }
        emptyTheLane(scene.server());
        return answer;
      }
    }
  }

  /** A job ends when its worker polls again. */
  private static void emptyTheLane(SluiceServer server) {
    TestWorker worker =
        server.register(
            "{\"hostname\":\"h\",\"projects\":[\"none\"],\"capabilities\":[\"code-survival-scan\"]}");
    while (!worker.poll().json().path("batchWork").isEmpty()) {
      // the next poll brings more
    }
  }
}
