package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.service.api.PublicIds;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A project of its own, with what a row of {@link ApiCall} names. */
public final class ApiScene {

  private final SluiceServer server;
  private final String project = "scene-" + System.nanoTime();
  private final TestWorker worker;
  private String running = "";

  public ApiScene(SluiceServer server) {
    this.server = server;
    this.worker = register(REGISTRATION_TOKEN, project);
  }

  public interface Caller {
    public Answer call(String method, String path, @Nullable String body);
  }

  public String project() {
    return project;
  }

  public TestWorker worker() {
    return worker;
  }

  public Caller with(@Nullable String bearer) {
    return (method, path, body) -> server.call(method, path, bearer, body, Map.of());
  }

  /** Makes what the path of a call names, and returns the path. */
  public String path(ApiCall call) {
    return ApiCall.fill(call.path(), this::made);
  }

  /** Makes the session that its body names. */
  public Answer call(ApiCall call, String path, Caller caller) {
    String body =
        ApiCall.fill(call.body(), name -> name.equals("session") ? oneRunning() : id(name));
    return caller.call(call.method(), path, body.isEmpty() ? null : body);
  }

  public String made(String name) {
    return switch (name) {
      case "dead" -> dead();
      case "session" -> running();
      case "publicId" -> new PublicIds(null).shortForm(running());
      case "waiting" -> enqueued(id("waiting"));
      case "key" -> made("/api/keys", key("user", "\"fleet:read\"", project));
      case "stop" -> made("/api/stops", "{\"project\":\"" + project + "\"}");
      case "finding" -> finding();
      case "webhook" -> webhook();
      case "event" -> event();
      case "batch" ->
          server
              .post(
                  "/api/batches",
                  API_KEY,
                  "{\"items\":[{\"prompt\":\"p\",\"projectName\":\"" + project + "\"}]}")
              .text("/batchId");
      case "job" -> {
        String job = id("job");
        made("/api/batch-work", "{\"workType\":\"w\",\"batchJobId\":\"" + job + "\"}");
        yield job;
      }
      default -> id(name);
    };
  }

  /** The id of a name of {@link ApiCall#body}, without making it. */
  private String id(String name) {
    return switch (name) {
      case "project" -> project;
      case "worker" -> worker.id();
      case "token" -> REGISTRATION_TOKEN;
      case "message" -> "1-1";
      default -> project + "-" + name;
    };
  }

  public void end() {
    server.delete("/api/workers/" + worker.id(), API_KEY);
    for (String name : List.of("session", "waiting", "dead", "fresh")) {
      server.delete("/api/work/" + id(name), API_KEY);
    }
    for (JsonNode webhook : webhooks()) {
      if (webhook.at("/projects/0").asText().equals(project)) {
        server.delete("/api/webhooks/" + webhook.path("id").asText(), API_KEY);
      }
    }
  }

  private JsonNode webhooks() {
    return server.get("/api/webhooks", API_KEY).json().path("webhooks");
  }

  public String running() {
    String session = enqueued(id("session"));
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    worker.report(session, "running");
    return session;
  }

  private String oneRunning() {
    if (running.isEmpty()) {
      running = running();
    }
    return running;
  }

  /** Behind an event of the project. */
  private String webhook() {
    makeRoom();
    server.post("/api/queues/" + project + "/pause", API_KEY, "{\"reason\":\"r\"}");
    String body = "{\"url\":\"https://hooks.invalid/a\",\"projects\":[\"" + project + "\"]}";
    return made("/api/webhooks", body);
  }

  /** Removes the oldest webhook of a full org: not every scene is ended. */
  private void makeRoom() {
    JsonNode all = webhooks();
    if (all.size() >= Webhooks.MAX - 5) {
      StreamSupport.stream(all.spliterator(), false)
          .min(Comparator.comparingLong(each -> each.path("createdAt").asLong()))
          .ifPresent(
              oldest -> server.delete("/api/webhooks/" + oldest.path("id").asText(), API_KEY));
    }
  }

  private String event() {
    return server
        .get("/api/events?types=queue.paused&project=" + project, API_KEY)
        .text("/events/0/id");
  }

  private String finding() {
    SeenFinding seen = new SeenFinding("no-worker", project, project, "no worker takes it");
    AuthApplication.backend(server)
        .findings()
        .observe("default", List.of(seen), Duration.ofHours(1).toMillis(), false);
    return seen.key();
  }

  /** Makes a dead letter, on a server with a limit of one nack. */
  private String dead() {
    String session = enqueued(id("dead"));
    worker.poll();
    server.post("/api/sessions/" + session + "/nack", worker.token(), "{}");
    return session;
  }

  private String enqueued(String session) {
    server.enqueue(
        "{\"sessionId\":\"%s\",\"title\":\"T\",\"prompt\":\"the prompt\",\"projectName\":\"%s\"}"
            .formatted(session, project));
    return session;
  }

  public String bearer(String who) {
    return switch (who) {
      case "owner" -> worker.token();
      case "peer" -> register(REGISTRATION_TOKEN, project).token();
      case "elsewhere" -> register(REGISTRATION_TOKEN, "not-" + project).token();
      case "token" -> REGISTRATION_TOKEN;
      case "stranger" -> minted(key("worker-registration", "", "")).text("/secret");
      case "legacy" -> LEGACY_KEY;
      case "gone" -> {
        TestWorker gone = register(REGISTRATION_TOKEN, project);
        server.delete("/api/workers/" + gone.id(), API_KEY);
        yield gone.token();
      }
      default -> {
        Answer minted = minted(key("worker-registration", "", ""));
        TestWorker revoked = register(minted.text("/secret"), project);
        server.delete("/api/keys/" + minted.text("/id"), API_KEY);
        yield revoked.token();
      }
    };
  }

  /** A key with these scopes; {@code bound} is a project or empty. */
  public String user(String scopes, String bound) {
    return minted(key("user", scopes, bound)).text("/secret");
  }

  private static String key(String type, String scopes, String bound) {
    return "{\"name\":\"scene\",\"type\":\"%s\"%s,\"projects\":[%s]}"
        .formatted(
            type,
            scopes.isEmpty() ? "" : ",\"scopes\":[" + scopes + "]",
            bound.isEmpty() ? "" : '"' + bound + '"');
  }

  private Answer minted(String body) {
    Answer minted = server.post("/api/keys", API_KEY, body);
    assertThat(minted.status()).as(minted.body()).isEqualTo(201);
    return minted;
  }

  private String made(String path, String body) {
    Answer made = server.post(path, API_KEY, body);
    assertThat(made.status()).as(made.body()).isBetween(200, 202);
    return made.json().path("id").asText();
  }

  private TestWorker register(String bearer, String named) {
    Answer answer =
        server.post(
            "/api/workers/register",
            bearer,
            "{\"hostname\":\"" + named + "-host\",\"projects\":[\"" + named + "\"]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(server, answer.text("/workerId"), answer.text("/runtimeToken"));
  }
}
