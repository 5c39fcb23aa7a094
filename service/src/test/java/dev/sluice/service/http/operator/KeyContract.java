package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

abstract class KeyContract {

  protected abstract AuthEdge edge();

  @Test
  void aUserKeyOpensWhatItsScopesSayUntilItIsRevoked() {
    OpsOrg org = OpsOrg.of(edge());
    JsonNode made =
        org.done(
            "POST",
            "/api/keys",
            "{\"name\":\"reports\",\"type\":\"user\",\"scopes\":[\"fleet:read\"],\"reason\":\"r\"}");
    String secret = made.at("/secret").asText();
    String id = made.at("/id").asText();
    assertThat(secret).startsWith("rsk_live_").hasSizeGreaterThan(40);
    assertThat(made.at("/scopes").toString()).isEqualTo("[\"fleet:read\"]");
    assertThat(edge().server().get("/api/queues", secret).status()).isEqualTo(200);
    assertThat(edge().server().post("/api/work", secret, "{\"prompt\":\"p\"}").status())
        .isEqualTo(403);
    Answer list = edge().get("/api/keys", org.key());
    assertThat(list.body()).contains(id, "\"reports\"").doesNotContain(secret, "rsk_live_");
    assertThat(list.json().at("/keys")).hasSize(3);
    JsonNode gone = org.done("DELETE", "/api/keys/" + id + "?reason=lost", null);
    assertThat(gone.toString()).isEqualTo("{\"revoked\":true,\"id\":\"" + id + "\"}");
    assertThat(edge().server().get("/api/queues", secret).status())
        .as("this node has forgotten it at once")
        .isEqualTo(401);
    assertThat(edge().get("/api/keys", org.key()).body()).doesNotContain(id);
    org.refused(404, "DELETE", "/api/keys/" + id, null);
    assertThat(org.audited("mint").get(0)).contains(id);
    assertThat(org.audited("revoke").get(0)).contains(id, "lost");
  }

  @Test
  void aRegistrationKeyTakesItsWorkersWithIt() {
    OpsOrg org = OpsOrg.of(edge());
    JsonNode made =
        org.done(
            "POST",
            "/api/keys",
            "{\"name\":\"rack 7\",\"type\":\"worker-registration\",\"projects\":[\"a\",\"b\"]}");
    assertThat(made.at("/scopes").toString()).isEqualTo("[\"worker:register\"]");
    String token = made.at("/secret").asText();
    for (String project : List.of("c", "a")) {
      Answer registered =
          edge()
              .server()
              .post(
                  "/api/workers/register",
                  token,
                  "{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}");
      assertThat(registered.status()).isEqualTo(project.equals("a") ? 201 : 403);
      if (registered.status() == 201) {
        TestWorker worker =
            new TestWorker(
                edge().server(), registered.text("/workerId"), registered.text("/runtimeToken"));
        worker.poll();
        org.done("DELETE", "/api/keys/" + made.at("/id").asText(), null);
        String path = "/api/workers/" + worker.id();
        for (Answer answer :
            List.of(
                edge().get(path + "/poll", worker.token()),
                worker.heartbeat(0),
                edge().post(path + "/refresh-token", worker.token(), ""))) {
          assertThat(answer.status()).isEqualTo(404);
          assertThat(answer.text("/error")).isEqualTo("Worker not found");
        }
      }
    }
    assertThat(
            edge().server().post("/api/workers/register", token, "{\"hostname\":\"h\"}").status())
        .isEqualTo(401);
  }

  @Test
  void anExpiredKeyIsRefusedAndSoAreItsWorkers() throws Exception {
    OpsOrg org = OpsOrg.of(edge());
    String user = expiring(org, "user\",\"scopes\":[\"fleet:read\"]");
    String token = expiring(org, "worker-registration\"");
    TestWorker worker = edge().register(token);
    assertThat(edge().get("/api/queues", user).status()).isEqualTo(200);
    AuthApplication.setAhead(edge().server(), Duration.ofSeconds(61));
    try {
      assertThat(edge().get("/api/queues", user).status()).isEqualTo(401);
      String body = "{\"hostname\":\"h\"}";
      assertThat(edge().post("/api/workers/register", token, body).status()).isEqualTo(401);
      awaitRevoked(org);
      String path = "/api/workers/" + worker.id();
      for (Answer answer :
          List.of(
              edge().get(path + "/poll", worker.token()),
              worker.heartbeat(0),
              edge().post(path + "/refresh-token", worker.token(), ""))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/error")).isEqualTo("Worker not found");
      }
    } finally {
      AuthApplication.setAhead(edge().server(), Duration.ZERO);
    }
    assertThat(org.audited("revoke")).hasSize(2).allMatch(line -> line.contains("has expired"));
  }

  private void awaitRevoked(OpsOrg org) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (edge().get("/api/keys", org.key()).body().contains("expiring")) {
      assertThat(System.nanoTime()).as("the sweep has revoked them").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50); // between two questions: the server sweeps when it is due
    }
  }

  private static String expiring(OpsOrg org, String type) {
    String body =
        "{\"name\":\"expiring\",\"expiresAt\":"
            + (System.currentTimeMillis() + 60_000)
            + ",\"type\":\""
            + type
            + "}";
    return org.done("POST", "/api/keys", body).at("/secret").asText();
  }

  @Test
  void aRevocationTakesTheKeysAlongThatItMinted() {
    OpsOrg org = OpsOrg.of(edge());
    String mint = "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"keys:write\"]}";
    JsonNode parent = org.done("POST", "/api/keys", mint);
    Answer child = edge().server().post("/api/keys", parent.at("/secret").asText(), mint);
    Answer grandchild = edge().server().post("/api/keys", child.text("/secret"), mint);
    assertThat(child.text("/mintedBy")).isEqualTo(parent.at("/id").asText());
    assertThat(child.json().at("/createdAt").asLong()).isPositive();
    assertThat(edge().server().get("/api/keys", grandchild.text("/secret")).status())
        .isEqualTo(200);
    JsonNode used = edge().get("/api/keys", org.key()).json();
    assertThat(used.findValuesAsText("lastUsedAt")).hasSizeGreaterThanOrEqualTo(4);
    org.done("DELETE", "/api/keys/" + parent.at("/id").asText(), null);
    for (Answer minted : List.of(child, grandchild)) {
      assertThat(edge().server().get("/api/keys", minted.text("/secret")).status()).isEqualTo(401);
      assertThat(edge().get("/api/keys", org.key()).body()).doesNotContain(minted.text("/id"));
      assertThat(org.audited("revoke"))
          .anyMatch(
              line ->
                  line.contains("object=\"" + minted.text("/id"))
                      && line.contains("with " + parent.at("/id").asText()));
    }
  }

  @Test
  void noKeyOutlivesTheOneThatMintedIt() {
    OpsOrg org = OpsOrg.of(edge());
    String mint = "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"keys:write\"]";
    JsonNode past = org.refused(400, "POST", "/api/keys", mint + ",\"expiresAt\":1000}");
    assertThat(past.at("/field").asText()).isEqualTo("expiresAt");
    long end = System.currentTimeMillis() + 3_600_000;
    JsonNode parent = org.done("POST", "/api/keys", mint + ",\"expiresAt\":" + end + "}");
    assertThat(parent.at("/expiresAt").asLong()).isEqualTo(end);
    String secret = parent.at("/secret").asText();
    for (String more : List.of("}", ",\"expiresAt\":" + (end + 60_000) + "}")) {
      Answer child = edge().server().post("/api/keys", secret, mint + more);
      assertThat(child.json().at("/expiresAt").asLong()).isEqualTo(end);
    }
  }

  @Test
  void aKeyGivesNoMoreThanItHas() {
    OpsOrg org = OpsOrg.of(edge());
    String some =
        edge().key(org.name(), Key.Type.USER, Set.of(Scope.KEYS_WRITE, Scope.FLEET_READ), "a");
    String mint = "{\"name\":\"n\",\"type\":\"user\",\"projects\":[\"a\"],\"scopes\":[";
    for (String wrong :
        List.of(
            mint + "\"fleet:write\"]}",
            mint + "\"fleet:read\",\"work:write\"]}",
            "{\"name\":\"n\",\"type\":\"worker-registration\",\"projects\":[\"a\"]}",
            "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:read\"]}",
            "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:read\"],\"projects\":[\"a\",\"b\"]}")) {
      assertThat(edge().post("/api/keys", some, wrong).status()).as(wrong).isEqualTo(403);
    }
    assertThat(edge().server().post("/api/keys", some, mint + "\"fleet:read\"]}").status())
        .isEqualTo(201);
    for (String wrong :
        List.of(
            "name {\"type\":\"user\",\"scopes\":[\"fleet:read\"]}",
            "type {\"name\":\"n\",\"scopes\":[\"fleet:read\"]}",
            "scopes {\"name\":\"n\",\"type\":\"user\"}",
            "scopes {\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet\"]}",
            "scopes"
                + " {\"name\":\"n\",\"type\":\"worker-registration\",\"scopes\":[\"fleet:read\"]}")) {
      int space = wrong.indexOf(' ');
      JsonNode error = org.refused(400, "POST", "/api/keys", wrong.substring(space + 1));
      assertThat(error.at("/field").asText()).isEqualTo(wrong.substring(0, space));
    }
    String reader = edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_READ));
    assertThat(edge().get("/api/keys", reader).status()).isEqualTo(403);
  }
}
