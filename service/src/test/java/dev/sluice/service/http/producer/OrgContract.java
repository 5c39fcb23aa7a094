package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public abstract class OrgContract {

  protected abstract SluiceServer server();

  @Test
  void theProjectsOfAnOrgAreListedPageByPage() {
    String tag = "config-" + System.nanoTime();
    for (String name : List.of("b", "a", "c")) {
      server().enqueue(item(tag + name, ",\"projectName\":\"" + tag + name + "\""));
    }
    server().enqueue(item(tag, ""));
    for (int limit : List.of(1, 2, 1_000)) {
      List<String> projects = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page =
            StrictJson.read(server().get("/api/config?limit=" + limit + cursor, LEGACY_KEY));
        page.at("/projects").forEach(project -> projects.add(project.asText()));
        cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
      } while (!cursor.isEmpty());
      assertThat(projects).doesNotHaveDuplicates().doesNotContain("default");
      assertThat(projects.stream().filter(project -> project.startsWith(tag)))
          .as("limit %s", limit)
          .containsExactly(tag + "a", tag + "b", tag + "c");
    }
    for (String name : List.of("a", "b", "c", "")) {
      cancel(tag + name);
    }
    Answer bad = server().get("/api/config?cursor=x", LEGACY_KEY);
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.text("/field")).isEqualTo("cursor");
  }

  @Test
  void aCleanupAnswersInNumbers() {
    for (String method : List.of("GET", "POST")) {
      Answer answer = server().call(method, "/api/cleanup", API_KEY, null, Map.of());
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode cleanup = StrictJson.read(answer);
      assertThat(cleanup.at("/success").asBoolean()).isTrue();
      assertThat(cleanup.at("/more").asBoolean()).isFalse();
      for (String count : List.of("checked", "orphaned", "requeued", "failed")) {
        assertThat(cleanup.at("/" + count).isIntegralNumber()).as(count).isTrue();
      }
      assertThat(cleanup.at("/details").isArray()).isTrue();
      assertThat(cleanup.at("/worktreePathsToCleanup").isArray()).isTrue();
    }
    Answer head = server().call("HEAD", "/api/cleanup", API_KEY, null, Map.of());
    assertThat(head.status()).isEqualTo(405);
  }

  @Test
  void aQueuedSessionIsShownToAnyWorkerAndAClaimedOneToItsOwn() {
    String id = "queued-" + System.nanoTime();
    String registration = "{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}";
    TestWorker owner = server().register(registration);
    TestWorker other = server().register(registration);
    TestWorker elsewhere = server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    String item =
        item(id, ",\"projectName\":\"" + id + "\",\"env\":{\"A\": \"1\"},\"stageId\":\"s\"");
    server().enqueue(item);
    for (String bearer : List.of(owner.token(), other.token(), REGISTRATION_TOKEN, LEGACY_KEY)) {
      Answer answer = detail(id, bearer);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).startsWith(item.substring(0, item.length() - 1));
      JsonNode session = StrictJson.read(answer);
      assertThat(session.at("/platformUrl").asText()).isEqualTo(server().url());
      assertThat(session.at("/organizationId").asText()).isEqualTo("default");
      assertThat(session.at("/linearSessionId").asText()).isEqualTo(id);
      assertThat(session.at("/promptContext").asText()).isEqualTo("p");
      assertThat(session.at("/providerSessionId").isNull()).isTrue();
      assertThat(session.has("authToken")).isFalse();
    }
    notFound(detail(id, elsewhere.token()));

    assertThat(TestWorker.claimed(owner.poll())).containsExactly(id);
    notFound(detail(id, other.token()));
    notFound(detail(id, LEGACY_KEY));
    assertThat(detail(id, REGISTRATION_TOKEN).status()).isEqualTo(200);
    server()
        .post(
            "/api/sessions/" + id + "/status",
            owner.token(),
            "{\"status\":\"running\",\"providerSessionId\":\"prov-1\"}");
    JsonNode running = StrictJson.read(detail(id, owner.token()));
    assertThat(running.at("/providerSessionId").asText()).isEqualTo("prov-1");
    owner.report(id, "completed");
    for (String bearer : List.of(owner.token(), REGISTRATION_TOKEN)) {
      notFound(detail(id, bearer));
    }
    server().delete("/api/workers/" + owner.id(), owner.token());
    Answer gone = detail(id, owner.token());
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("/error")).isEqualTo("Worker not found");
    assertThat(detail("%01", other.token()).status()).isEqualTo(400);
  }

  @Test
  void whatAnItemSaysItselfStays() {
    String id = "own-" + System.nanoTime();
    String own = ",\"OrganizationId\":\"theirs\",\"providerSessionId\":\"before\"";
    server().enqueue(item(id, own));
    JsonNode session = StrictJson.read(detail(id, LEGACY_KEY));
    assertThat(session.at("/OrganizationId").asText()).isEqualTo("theirs");
    assertThat(session.at("/providerSessionId").asText()).isEqualTo("before");
    String whole = item(id + "-sealed", "");
    server().enqueue(SealedItemContract.sealed(whole.substring(1, whole.length() - 1)));
    JsonNode bare = StrictJson.read(detail(id + "-sealed", LEGACY_KEY));
    assertThat(bare.has("platformUrl")).as("it is compared member by member").isFalse();
    cancel(id);
    cancel(id + "-sealed");
  }

  @Test
  void waitingWorkIsShownToWorkersThatMayClaimItAlone() {
    String id = "lanes-" + System.nanoTime();
    String project = ",\"projectName\":\"" + id + "\"";
    server().enqueue(item(id, project + ",\"requiredCapabilities\":[\"gpu\"]"));
    server().enqueue(item(id + "r", project + ",\"repository\":\"https://github.com/acme/api\""));
    TestWorker none = worker(id, "");
    TestWorker gpu = worker(id, ",\"capabilities\":[\"gpu\"]");
    TestWorker lists =
        worker(id, ",\"daemonProjects\":[{\"id\":\"w\",\"repository\":\"github.com/acme/web\"}]");

    notFound(detail(id, none.token()));
    assertThat(detail(id, gpu.token()).status()).isEqualTo(200);
    notFound(detail(id + "r", lists.token()));
    assertThat(detail(id + "r", none.token()).status()).isEqualTo(200);
    cancel(id);
    cancel(id + "r");
  }

  private TestWorker worker(String project, String more) {
    return server().register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]" + more + "}");
  }

  @Test
  void aStoppedSessionIsNotShown() {
    String id = "halted-" + System.nanoTime();
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    server().enqueue(item(id, ",\"projectName\":\"" + id + "\""));
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    cancel(id);
    notFound(detail(id, worker.token()));
    worker.report(id, "stopped");
  }

  private Answer detail(String id, String bearer) {
    return server().get("/api/daemon/sessions/" + id, bearer);
  }

  private static void notFound(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(answer.text("/error")).isEqualTo("Session not found");
  }

  private void cancel(String id) {
    assertThat(server().delete("/api/work/" + id, API_KEY).status()).isEqualTo(200);
  }

  private static String item(String id, String more) {
    return "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\"" + more + "}";
  }
}
