package dev.sluice.service.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.openapi.OpenApiScene.Given;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scene in which a documented call succeeds: a claimed session unless named here. */
final class OpenApiScenes {

  private static final Map<String, Given> GIVEN = new HashMap<>();

  static {
    given(Given.NOTHING, "enqueue", "addBatchWork", "registerDaemon", "getOpenApi", "getDocsPage");
    given(Given.NOTHING, "getHome");
    given(Given.NOTHING, "getConfig", "cleanUp", "cleanUpByGet", "getStats", "listPublicSessions");
    given(Given.NOTHING, "getFleetStats", "listMachines", "getCosts", "listFleet", "whoAmI");
    given(Given.NOTHING, "submitTask", "enqueueBatch", "getBatch");
    given(Given.NOTHING, "listAudit", "listEvents", "getHistory", "stopAll", "getStop");
    given(Given.NOTHING, "listFindings", "acknowledgeFinding", "muteFinding", "unmuteFinding");
    given(Given.NOTHING, "logIn", "logOut", "getMe");
    given(Given.WORKERS, "registerWorker", "refreshToken", "heartbeat", "daemonHeartbeat");
    given(Given.WORKERS, "drainHost", "undrainHost");
    given(Given.WAITING, "poll", "claimSession");
    given(Given.WAITING, "changeWork");
    given(Given.NOTHING, "listWork", "listDead", "bulk", "listQueues", "getQueue", "pauseQueue");
    given(Given.NOTHING, "getAutoscale");
    given(Given.WAITING, "getWhyNoWork");
    given(Given.NOTHING, "pauseAllQueues", "resumeAllQueues");
    given(Given.NOTHING, "resumeQueue", "limitQueue", "listKeys", "mintKey", "revokeKey");
    given(Given.MESSAGE, "acknowledgeMessage", "listUnread");
  }

  private static final Set<String> OF_WEBHOOKS =
      Set.of(
          "listWebhooks",
          "addWebhook",
          "getWebhook",
          "removeWebhook",
          "rotateWebhookSecret",
          "testWebhook",
          "listWebhookDeliveries",
          "replayWebhookDelivery");

  /** Calls that close an org, or of which it takes a few. */
  private static final Set<String> APART =
      Stream.concat(
              Stream.of(
                  "exportOrg", "importOrg", "discardImport", "getClosure", "closeOrg", "openOrg"),
              OF_WEBHOOKS.stream())
          .collect(Collectors.toSet());

  private OpenApiScenes() {}

  private static void given(Given given, String... calls) {
    for (String call : calls) {
      GIVEN.put(call, given);
    }
  }

  static OpenApiScene of(SluiceServer server, OpenApiCall call) {
    Given given = GIVEN.getOrDefault(call.id(), Given.CLAIMED);
    // A runtime token is a worker's.
    boolean needsWorker = call.isFor("runtimeToken") && given == Given.NOTHING;
    OpenApiScene scene =
        APART.contains(call.id())
            ? OpenApiScene.apart(server)
            : new OpenApiScene(server, needsWorker ? Given.WORKERS : given);
    if (OF_WEBHOOKS.contains(call.id())) {
      addWebhook(scene);
    }
    switch (call.id()) {
      case "getBatchWork" ->
          scene.name(
              "bat_demo",
              made(scene, "/api/batch-work", "{\"workType\":\"any\"}").text("/batchJobId"));
      case "getBatch" ->
          scene.name(
              "wb_5f0c1d2e3a4b5c6d7e8f9a0b-2",
              made(scene, "/api/batches", "{\"items\":[{\"prompt\":\"p\"}]}").text("/batchId"));
      case "revokeKey" ->
          scene.name(
              "key_demo",
              made(scene, "/api/keys", "{\"name\":\"k\",\"type\":\"worker-registration\"}")
                  .text("/id"));
      case "requeueDead", "discardDead" -> scene.giveUp();
      case "discardImport" -> beginImport(scene);
      case "listFindings", "acknowledgeFinding", "muteFinding", "unmuteFinding" -> scene.find();
      case "getStop" -> scene.stopAll();
      default -> {}
    }
    return scene;
  }

  private static Answer made(OpenApiScene scene, String path, String body) {
    Answer answer = scene.server().post(path, SluiceServer.API_KEY, body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer;
  }

  /** Behind an event. */
  private static void addWebhook(OpenApiScene scene) {
    scene.server().post("/api/queues/web/pause", scene.admin(), "{\"reason\":\"r\"}");
    String body = "{\"url\":\"https://hooks.invalid/a\"}";
    Answer added = scene.server().post("/api/webhooks", scene.admin(), body);
    assertThat(added.status()).as("%s", added).isEqualTo(201);
    scene.name("wh_demo", added.text("/id"));
    scene.name("4711", "1");
  }

  static void beginImport(OpenApiScene scene) {
    String first =
        "{\"type\":\"sluice-export\",\"format\":1,\"id\":\"x\",\"org\":\"o\",\"version\":\"0\"}";
    Answer begun = scene.server().post("/api/import", scene.admin(), first + "\n");
    assertThat(begun.status()).as("%s", begun).isEqualTo(200);
  }
}
