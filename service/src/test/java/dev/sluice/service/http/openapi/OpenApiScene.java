package dev.sluice.service.http.openapi;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state before a documented call, not shared with other scenes. The document's examples name it
 * by ids that stand for it.
 */
final class OpenApiScene {

  /** States; each includes those before it. */
  enum Given {
    NOTHING,
    /** Two workers of the scene's project. */
    WORKERS,
    WAITING,
    CLAIMED,
    MESSAGE
  }

  private final SluiceServer server;
  private final String id = "scene-" + System.nanoTime();
  private TestWorker worker;
  private String admin = API_KEY;
  private final Map<String, String> names = new LinkedHashMap<>();

  OpenApiScene(SluiceServer server, Given given) {
    this.server = server;
    if (given.compareTo(Given.WORKERS) >= 0) {
      String registration =
          "{\"hostname\":\""
              + id
              + "-host\",\"projects\":[\""
              + id
              + "\"],\"capabilities\":[\"code-survival-scan\"]}";
      worker = server.register(registration);
      name("mac-studio-1", id + "-host");
      name("wkr_5e8cef96d13deebd", worker.id());
      name("wkr_0123456789abcdef", server.register(registration).id());
    }
    if (given.compareTo(Given.WAITING) >= 0) {
      server.enqueue(
          fill("{\"sessionId\":\"ses_demo\",\"prompt\":\"p\",\"projectName\":\"ses_demo\"}"));
    }
    if (given.compareTo(Given.CLAIMED) >= 0) {
      // By its name: a poll might bring what others left.
      Answer claimed = server.post(path("claim"), worker.token(), "{}");
      assertThat(claimed.json().path("claimed").asBoolean()).as("%s", claimed).isTrue();
    }
    if (given == Given.MESSAGE) {
      name(
          "1795568455606-6",
          done("inbox", "{\"type\":\"directive\",\"payload\":\"d\"}", 202).text("/id"));
    }
  }

  /** The scene of an admin of an empty org, which may be closed without harm to other scenes. */
  static OpenApiScene apart(SluiceServer server) {
    OpenApiScene scene = new OpenApiScene(server, Given.NOTHING);
    String secret = Secrets.random("rsk_live_");
    String hash = Secrets.sha256(secret);
    Key key =
        new Key(
            "key_" + hash.substring(0, 8),
            "apart-" + hash.substring(0, 8),
            Key.Type.USER,
            "apart",
            Set.of(Scope.values()),
            List.of());
    assertThat(AuthApplication.backend(server).credentials().addKey(hash, key)).isTrue();
    scene.admin = secret;
    return scene;
  }

  /** The user key of its calls. */
  String admin() {
    return admin;
  }

  SluiceServer server() {
    return server;
  }

  String id() {
    return id;
  }

  TestWorker worker() {
    return worker;
  }

  void name(String example, String id) {
    names.put(example, id);
  }

  /** Nacks the session until it is a dead letter. */
  void giveUp() {
    Answer nacked = server.post(path("nack"), worker.token(), "{}");
    assertThat(nacked.status()).as("%s", nacked).isEqualTo(200);
  }

  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace(name.getKey(), name.getValue());
    }
    return filled
        .replace("ses_demo", id)
        .replace("bat_demo", id)
        .replace("\"parser\"", "\"" + id + "\"")
        .replace("36466fcaaf436d99", new PublicIds(null).shortForm(id))
        .replace("rsk_live_...", REGISTRATION_TOKEN)
        .replace("\"...\"", "\"" + OpenApiDrives.PASSWORD + "\"");
  }

  void find() {
    SeenFinding seen = new SeenFinding("no-worker", id, id, "no worker takes it");
    AuthApplication.backend(server)
        .findings()
        .observe("default", List.of(seen), Duration.ofHours(1).toMillis(), false);
    name("no-worker.parser", seen.key());
  }

  void stopAll() {
    Answer ordered = server.post("/api/stops", API_KEY, fill("{\"project\":\"ses_demo\"}"));
    name("stp_demo", ordered.text("/id"));
  }

  Answer call(String call, String body) {
    return server.post(path(call), API_KEY, fill(body));
  }

  Answer done(String call, String body, int status) {
    Answer answer = call(call, body);
    assertThat(answer.status()).as("%s: %s", call, answer.body()).isEqualTo(status);
    return answer;
  }

  /** Removes waiting work, which counts against the server's limits. */
  void end() {
    cancel(id);
  }

  void end(Answer answer) {
    end();
    for (String id : List.of("sessionId", "taskId")) {
      if (answer.body().contains('"' + id + '"')) {
        answer.json().findValuesAsText(id).forEach(this::cancel);
      }
    }
    if (answer.body().contains("\"batchId\"")) {
      cancel(answer.text("/batchId") + ".0"); // batches of tests have one item
    }
  }

  private void cancel(String sessionId) {
    server.delete("/api/work/" + sessionId, API_KEY);
  }

  private String path(String call) {
    return "/api/sessions/" + id + "/" + call;
  }
}
