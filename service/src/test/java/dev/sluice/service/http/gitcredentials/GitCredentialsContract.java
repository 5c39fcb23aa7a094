package dev.sluice.service.http.gitcredentials;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.gitcredentials.GitHubStandIn;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Git credentials in the answers of polls, from a GitHub app. */
abstract class GitCredentialsContract {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final String tag = "git-" + System.nanoTime();

  abstract GitCredentialsEdge edge();

  @Test
  void aPollBringsACredentialForEachRepositoryOfItsWork() {
    String engine = repository("engine");
    String docs = repository("docs");
    TestWorker worker = worker("");
    enqueue("a", "https://github.com/" + engine + ".git");
    enqueue("b", "git@github.com:" + docs + ".git");
    enqueue("c", "https://github.com/" + engine + ".git");
    enqueue("d", "https://gitlab.com/" + engine + ".git");
    enqueue("e", null);

    List<JsonNode> credentials = new ArrayList<>();
    Answer first = worker.poll();
    assertThat(TestWorker.claimed(first)).hasSize(5);
    collect(first, credentials);
    await(() -> credentials.size() >= 2 || collect(worker.poll(), credentials) >= 2);

    assertThat(credentials).hasSize(2);
    credential(
        credentials, "https://github.com/" + engine + ".git", "_for_" + engine.split("/")[1]);
    credential(credentials, "https://github.com/" + docs + ".git", "_for_" + docs.split("/")[1]);
    assertThat(worker.poll().json().at("/gitCredentials")).isEmpty();
  }

  @Test
  void theGoDaemonAndTheSnakeCaseWorkerGetThemTheSameWay() {
    for (String dialect : List.of(",\"hostInfo\":{}", ",\"max_agents\":2")) {
      String name = dialect.contains("host") ? "daemon" : "snake";
      String repository = repository(name);
      TestWorker worker = worker(dialect);
      enqueue(name, "https://github.com/" + repository);
      List<JsonNode> credentials = new ArrayList<>();
      await(() -> collect(worker.poll(), credentials) >= 1);
      credential(credentials, "https://github.com/" + repository, "_for_");
      server().delete("/api/workers/" + worker.id(), worker.token());
      server().delete("/api/work/" + tag + "-" + name, API_KEY);
    }
  }

  @Test
  void callersWithoutARuntimeTokenGetNoneAndGitHubIsNotAsked() {
    String repository = repository("legacy");
    enqueue("a", "https://github.com/" + repository);
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                LEGACY_KEY,
                "{\"hostname\":\"h\",\"projects\":[\"" + tag + "\"]}");
    Answer poll =
        server().get("/api/workers/" + registered.text("/workerId") + "/poll", LEGACY_KEY);
    assertThat(TestWorker.claimed(poll)).hasSize(1);
    assertThat(poll.json().has("gitCredentials")).isFalse();
    assertThat(edge().gitHub().seen()).noneMatch(request -> request.path().contains(repository));
  }

  @Test
  void workIsHandedOutHoweverLongGitHubTakesAndItsCredentialFollows() {
    String repository = repository("slow");
    TestWorker worker = worker("");
    enqueue("a", "https://github.com/" + repository);
    List<JsonNode> credentials = new ArrayList<>();
    edge().gitHub().hold();
    try {
      Answer poll = worker.poll(); // comes back although GitHub doesn't answer
      assertThat(TestWorker.claimed(poll)).hasSize(1);
      assertThat(poll.json().at("/gitCredentials")).isEmpty();
    } finally {
      edge().gitHub().release();
    }
    await(() -> collect(worker.poll(), credentials) >= 1);
    credential(credentials, "https://github.com/" + repository, "_for_");
  }

  @Test
  void aCredentialThatComesTooLateIsForNobody() {
    String repository = repository("late");
    TestWorker worker = worker("");
    enqueue("a", "https://github.com/" + repository);
    edge().gitHub().hold();
    try {
      assertThat(TestWorker.claimed(worker.poll())).hasSize(1);
      assertThat(worker.report(tag + "-a", "completed").status()).isEqualTo(200);
    } finally {
      edge().gitHub().release();
    }
    await(() -> edge().gitHub().seen().stream().anyMatch(r -> r.path().contains(repository)));
    assertThat(worker.poll().json().at("/gitCredentials")).isEmpty();
    assertThat(worker.poll().json().at("/gitCredentials")).isEmpty();
  }

  @Test
  void aRepositoryThatTheAppIsNotInstalledForCostsOnlyItsCredential() {
    TestWorker worker = worker("");
    enqueue("a", "https://github.com/nobody/" + tag);
    Answer poll = worker.poll();
    assertThat(TestWorker.claimed(poll)).hasSize(1);
    assertThat(poll.json().at("/preClaimed").asBoolean()).isTrue();
    assertThat(poll.json().at("/gitCredentials")).isEmpty();
    await(() -> edge().gitHub().seen().stream().anyMatch(r -> r.path().contains(tag)));
  }

  @Test
  void nobodyReadsATokenButTheWorkerOfTheWork() {
    String repository = repository("secret");
    TestWorker worker = worker("");
    enqueue("a", "https://github.com/" + repository);
    List<JsonNode> credentials = new ArrayList<>();
    await(() -> collect(worker.poll(), credentials) >= 1);
    for (String path :
        List.of(
            "/api/workers",
            "/api/workers/" + worker.id(),
            "/api/sessions",
            "/api/sessions/" + tag + "-a",
            "/api/sessions/" + tag + "-a/status",
            "/api/work/" + tag + "-a")) {
      Answer answer = server().get(path, API_KEY);
      assertThat(answer.status()).as(path).isEqualTo(200);
      GitCredentialsEdge.holdsNoSecret(answer.body());
    }
    GitCredentialsEdge.holdsNoSecret(server().get("/admin", null).body());
  }

  private SluiceServer server() {
    return edge().server();
  }

  private String repository(String name) {
    String repository = "acme/" + name + "-" + tag;
    edge().gitHub().install(repository, 11);
    return repository;
  }

  private TestWorker worker(String members) {
    return server()
        .register(
            "{\"hostname\":\"h\",\"capacity\":9,\"projects\":[\"" + tag + "\"]" + members + "}");
  }

  private void enqueue(String name, String repository) {
    server()
        .enqueue(
            "{\"sessionId\":\""
                + tag
                + "-"
                + name
                + "\",\"prompt\":\"p\",\"projectName\":\""
                + tag
                + "\""
                + (repository == null ? "" : ",\"repository\":\"" + repository + "\"")
                + "}");
  }

  private static int collect(Answer poll, List<JsonNode> credentials) {
    StrictJson.read(poll).at("/gitCredentials").forEach(credentials::add);
    return credentials.size();
  }

  private static void credential(List<JsonNode> all, String cloneUrl, String token) {
    JsonNode found =
        all.stream()
            .filter(one -> one.at("/cloneUrl").asText().equals(cloneUrl))
            .findFirst()
            .orElseThrow(() -> new AssertionError("none for " + cloneUrl));
    assertThat(found.at("/token").asText()).startsWith(GitHubStandIn.PREFIX).contains(token);
    assertThat(Instant.parse(found.at("/expiresAt").asText())).isAfter(Instant.now());
    assertThat(found.size()).isEqualTo(3);
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(SOON);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("it doesn't come").isBefore(end);
      Thread.onSpinWait();
    }
  }
}
