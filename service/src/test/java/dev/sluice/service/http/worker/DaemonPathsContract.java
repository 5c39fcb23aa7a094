package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class DaemonPathsContract {

  private static final String REGISTER = "/v1/daemon/register";
  private static final String HEARTBEAT = "/v1/daemon/heartbeat";

  protected abstract SluiceServer server();

  @Test
  void theCredentialOfARegistrationStandsInItsBody() {
    Answer registered = register(REGISTRATION_TOKEN, ",\"maxAgents\":2");
    assertThat(registered.status()).as(registered.body()).isEqualTo(200);
    JsonNode identity = StrictJson.read(registered);
    assertThat(identity.at("/runtimeJwt")).isEqualTo(identity.at("/runtimeToken"));
    assertThat(identity.at("/worker_id")).isEqualTo(identity.at("/workerId"));
    TestWorker worker = worker(registered);
    JsonNode info = server().get("/api/workers/" + worker.id(), worker.token()).json();
    assertThat(info.at("/capacity").asInt()).isEqualTo(2);
    assertThat(worker.poll().status()).isEqualTo(200);
    assertThat(server().get("/api/workers/" + worker.id(), REGISTRATION_TOKEN).status())
        .as("it is a worker of that credential")
        .isEqualTo(200);
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  @Test
  void noOtherCredentialRegisters() {
    TestWorker worker = worker(register(REGISTRATION_TOKEN, ",\"maxAgents\":1"));
    for (String wrong :
        List.of("rsk_live_nobody_knows_this", "stub.a.b.c", LEGACY_KEY, worker.token(), "x")) {
      Answer answer = register(wrong, ",\"maxAgents\":2");
      assertThat(answer.status()).as(answer.body()).isEqualTo(401);
      assertThat(answer.body()).contains("Invalid or missing API key").doesNotContain(wrong + "\"");
    }
    Answer projectless = register(API_KEY, ",\"maxAgents\":2");
    assertThat(projectless.status()).as(projectless.body()).isEqualTo(400);
    assertThat(projectless.text("/field")).isEqualTo("projectId");
    Answer inTheHeader =
        server().post(REGISTER, REGISTRATION_TOKEN, "{\"hostname\":\"h\",\"maxAgents\":2}");
    assertThat(inTheHeader.status()).isEqualTo(400);
    assertThat(inTheHeader.text("/field")).isEqualTo("registrationToken");
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  @Test
  void whatIsMissingIsNamed() {
    Answer capacity = register(REGISTRATION_TOKEN, "");
    assertThat(capacity.status()).isEqualTo(400);
    assertThat(capacity.text("/field")).isEqualTo("maxAgents");
    Answer zero = register(REGISTRATION_TOKEN, ",\"maxAgents\":0");
    assertThat(zero.text("/error")).isEqualTo("maxAgents must be a positive number");
    Answer nameless =
        server()
            .post(
                REGISTER,
                null,
                "{\"registrationToken\":\"" + REGISTRATION_TOKEN + "\",\"maxAgents\":1}");
    assertThat(nameless.text("/field")).isEqualTo("hostname");
    for (String token : List.of("null", "\"\"", "\" \"", "5")) {
      Answer answer =
          server()
              .post(
                  REGISTER,
                  null,
                  "{\"hostname\":\"h\",\"maxAgents\":1,\"registrationToken\":" + token + "}");
      assertThat(answer.status()).as(token).isEqualTo(400);
      assertThat(answer.text("/field")).isEqualTo("registrationToken");
    }
  }

  @Test
  void aHeartbeatIsTheWorkersOwn() {
    TestWorker worker = worker(register(REGISTRATION_TOKEN, ",\"maxAgents\":1"));
    String own = "{\"workerId\":\"" + worker.id() + "\",\"activeSessions\":4,\"maxSessions\":6}";
    JsonNode beat = StrictJson.read(server().post(HEARTBEAT, worker.token(), own));
    assertThat(beat.at("/acknowledged").asBoolean()).isTrue();
    assertThat(beat.at("/ack").asBoolean()).isTrue();
    assertThat(beat.at("/ok").asBoolean()).isTrue();
    assertThat(beat.at("/serverTimeMs").asLong()).isPositive();
    JsonNode info = server().get("/api/workers/" + worker.id(), worker.token()).json();
    assertThat(info.at("/activeCount").asInt()).isEqualTo(4);
    assertThat(info.at("/capacity").asInt()).isEqualTo(6);

    for (String other : List.of(REGISTRATION_TOKEN, LEGACY_KEY, API_KEY)) {
      assertThat(server().post(HEARTBEAT, other, own).status()).isEqualTo(403);
    }
    assertThat(server().post(HEARTBEAT, null, own).status()).isEqualTo(401);
    String foreign = own.replace(worker.id(), "wkr_other");
    assertThat(server().post(HEARTBEAT, worker.token(), foreign).status()).isEqualTo(403);
    Answer countless = server().post(HEARTBEAT, worker.token(), "{}");
    assertThat(countless.status()).isEqualTo(400);
    assertThat(countless.text("/field")).isEqualTo("activeCount");

    server().delete("/api/workers/" + worker.id(), worker.token());
    for (String body : List.of(own, "{}", "[")) {
      Answer gone = server().post(HEARTBEAT, worker.token(), body);
      assertThat(gone.status()).as(body).isEqualTo(404);
      assertThat(gone.body()).contains("Worker not found");
    }
  }

  private Answer register(String token, String members) {
    return server()
        .post(
            REGISTER,
            null,
            "{\"registrationToken\":\"" + token + "\",\"hostname\":\"mini\"" + members + "}");
  }

  private TestWorker worker(Answer registered) {
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }
}
