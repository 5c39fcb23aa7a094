package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class ListedRepositoriesContract {

  private static final String PARSER = "https://git.example/acme/parser.git";

  private final String tag = "repo-" + System.nanoTime();

  protected abstract SluiceServer server();

  @Test
  void aWorkerGetsOnlyWorkOfTheRepositoriesThatItRegistered() {
    enqueue("1", "https://git.example/acme/other.git");
    enqueue("2", "git@GIT.example:Acme/Parser");
    enqueue("3", null);
    enqueue("4", tag);
    enqueue("5", "");

    TestWorker worker = register(",\"daemonProjects\":[" + entry(PARSER) + "]");

    assertThat(TestWorker.claimed(worker.poll("?max=5&wait=0")))
        .containsExactly(tag + "-2", tag + "-3", tag + "-4", tag + "-5");
    assertThat(TestWorker.claimed(worker.poll("?max=5&wait=0"))).isEmpty();
    assertThat(info(worker).at("/capabilities")).isEmpty();
    String waits = waits("1");
    while (waits.contains("\"kind\":\"no-worker\"")) { // says a snapshot that is older than it
      waits = waits("1");
    }
    assertThat(waits)
        .contains("\"kind\":\"no-repository\"")
        .contains("lists repository git.example/acme/other");
    TestWorker all = register("");
    assertThat(TestWorker.claimed(all.poll("?max=5&wait=0"))).containsExactly(tag + "-1");
    delete(all);
    delete(worker);
    remove("1", "2", "3", "4", "5");
  }

  private String waits(String number) {
    return StrictJson.read(server().get("/api/work/" + tag + "-" + number, API_KEY))
        .at("/waits")
        .toString();
  }

  @Test
  void aListThatAHeartbeatChangesWakesThePoll() {
    TestWorker worker = register(",\"daemonProjects\":[" + entry("h/acme/lexer") + "]");
    enqueue("1", PARSER);
    CompletableFuture<Answer> parked = worker.park("?wait=20");

    beat(worker, ",\"allowlist\":[" + entry(PARSER) + "]");

    assertThat(TestWorker.claimed(parked.join())).containsExactly(tag + "-1");
    worker.report(tag + "-1", "completed");
    enqueue("2", "h/acme/lexer");
    assertThat(TestWorker.claimed(worker.poll("?wait=0"))).isEmpty();
    beat(worker, ",\"allowlistHash\":\"x\"");
    assertThat(TestWorker.claimed(worker.poll("?wait=0"))).as("no word").isEmpty();
    beat(
        worker, ",\"projectAdmissionMode\":\"enumerated\",\"enabledProjectIds\":[\"" + tag + "\"]");
    assertThat(TestWorker.claimed(worker.poll("?wait=0")))
        .as("Go omits an empty list")
        .containsExactly(tag + "-2");
    delete(worker);
    remove("1", "2");
  }

  @Test
  void emptyListsAndEntriesWithoutARepositoryAreNoList() {
    enqueue("1", PARSER);
    for (String list :
        List.of(
            "[]",
            "null",
            "[{}]",
            "[{\"id\":\"x\"},{\"repository\":null}]",
            "[{\"repository\":\" / \"}]")) {
      TestWorker worker = register(",\"daemonProjects\":" + list);
      assertThat(TestWorker.claimed(worker.poll("?wait=0"))).as(list).containsExactly(tag + "-1");
      delete(worker);
    }
    remove("1");
  }

  @Test
  void aWrongListIsRefusedByItsName() {
    TestWorker worker = register("");
    for (String wrong :
        List.of(
            "{}",
            "\"h/acme/x\"",
            "7",
            "true",
            "[\"h/acme/x\"]",
            "[[]]",
            "[{\"repository\":7}]",
            "[{\"id\":[],\"repository\":\"h/acme/x\"}]",
            "[null]")) {
      refused(
          "daemonProjects",
          400,
          post(
              "/api/workers/register",
              REGISTRATION_TOKEN,
              "{\"hostname\":\"h\",\"daemonProjects\":" + wrong + "}"));
      refused("allowlist", 400, heartbeat(worker, ",\"allowlist\":" + wrong));
    }
    String many = entries(1_001, "h/x");
    refused(
        "daemonProjects",
        413,
        post(
            "/api/workers/register",
            REGISTRATION_TOKEN,
            "{\"hostname\":\"h\",\"daemonProjects\":" + many + "}"));
    refused("allowlist", 413, heartbeat(worker, ",\"allowlist\":" + many));
    refused(
        "allowlist",
        413,
        heartbeat(worker, ",\"allowlist\":" + entries(500, "h/" + "x".repeat(200))));
    assertThat(heartbeat(worker, ",\"allowlist\":" + entries(1_000, "h/x")).status())
        .isEqualTo(200);
    delete(worker);
  }

  private static String entries(int count, String repository) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"p" + i + "\",\"repository\":\"" + repository + i + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void refused(String field, int status, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.text("/field")).isEqualTo(field);
  }

  private String entry(String repository) {
    return "{\"id\":\"" + tag + "\",\"repository\":\"" + repository + "\"}";
  }

  private void enqueue(String id, String repository) {
    server()
        .enqueue(
            "{\"sessionId\":\"%s-%s\",\"prompt\":\"p\",\"projectName\":\"%s\"%s}"
                .formatted(
                    tag,
                    id,
                    tag,
                    repository == null ? "" : ",\"repository\":\"" + repository + "\""));
  }

  private TestWorker register(String members) {
    Answer registered =
        post(
            "/api/workers/register",
            REGISTRATION_TOKEN,
            "{\"hostname\":\"h\",\"capacity\":20,\"projects\":[\"" + tag + "\"]" + members + "}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private Answer post(String path, String bearer, String body) {
    return server().post(path, bearer, body);
  }

  private void beat(TestWorker worker, String members) {
    Answer answer = heartbeat(worker, members);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private Answer heartbeat(TestWorker worker, String members) {
    String path = "/api/workers/" + worker.id() + "/heartbeat";
    return post(path, worker.token(), "{\"activeCount\":0" + members + "}");
  }

  private JsonNode info(TestWorker worker) {
    return StrictJson.read(server().get("/api/workers/" + worker.id(), worker.token()));
  }

  private void remove(String... ids) {
    for (String id : ids) {
      server().delete("/api/work/" + tag + "-" + id, API_KEY);
    }
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
