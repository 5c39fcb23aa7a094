package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.Map;

/** The state before a fixture's call, made by calls of the same client. */
final class Scene implements AutoCloseable {

  /** States; each but the last three includes those before it. */
  enum Given {
    /** No worker yet. */
    NOTHING,
    REGISTERED,
    WAITING,
    CLAIMED,
    RUNNING,
    /** Running, with a directive. */
    MESSAGE,
    /** Running, and stopped by an operator. */
    STOPPED,
    NACKED
  }

  private final SluiceServer server;
  private final Given given;
  private final String tag = "fixture-" + System.nanoTime();
  private String worker = "";
  private String runtimeToken = "";
  private String workerCredential = "";
  private String message = "";

  Scene(SluiceServer server, ClientFixture fixture) {
    this.server = server;
    this.given = fixture.given();
    if (given == Given.NOTHING) {
      return;
    }
    register(ClientFixture.of(fixture.registersAs(), "register"));
    if (given == Given.REGISTERED) {
      return;
    }
    server.enqueue(fill(ClientFixture.item()));
    if (given != Given.WAITING) {
      claim();
    }
    switch (given) {
      case RUNNING -> report();
      case MESSAGE -> {
        report();
        message =
            post(
                    API_KEY,
                    "inbox",
                    "{\"type\":\"directive\",\"payload\":\"Look at {session}\"}",
                    202)
                .at("/id")
                .asText();
      }
      case STOPPED -> {
        report();
        post(API_KEY, "stop", "{\"reason\":\"no longer wanted\"}", 200);
      }
      case NACKED -> post(workerCredential, "nack", "{\"workerId\":\"{worker}\"}", 200);
      default -> {}
    }
  }

  Answer send(ClientFixture fixture) {
    return server.call(
        fixture.method(),
        fill(fixture.path()),
        credential(fixture),
        fixture.body() == null ? null : fill(fixture.body()),
        fixture.headers());
  }

  /** Replaces names by ids. */
  String fill(String text) {
    return text.replace("{worker}", worker)
        .replace("{session}", tag + "-session")
        .replace("{publicId}", new PublicIds(null).shortForm(tag + "-session"))
        .replace("{project}", tag + "-project")
        .replace("{message}", message)
        .replace("{registrationToken}", REGISTRATION_TOKEN);
  }

  private void register(ClientFixture fixture) {
    JsonNode identity = StrictJson.read(send(fixture));
    worker = identity.at("/workerId").asText();
    runtimeToken = identity.at("/runtimeToken").asText();
    workerCredential = fixture.credential().equals("legacy") ? LEGACY_KEY : runtimeToken;
  }

  private void claim() {
    Answer poll = server.get("/api/workers/" + worker + "/poll", workerCredential);
    // A worker that names no projects is handed what other tests left, too.
    assertThat(TestWorker.claimed(poll)).first().isEqualTo(fill("{session}"));
  }

  private void report() {
    post(workerCredential, "status", "{\"workerId\":\"{worker}\",\"status\":\"running\"}", 200);
  }

  private JsonNode post(String bearer, String call, String body, int status) {
    Answer answer = server.post(fill("/api/sessions/{session}/" + call), bearer, fill(body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return StrictJson.read(answer);
  }

  private String credential(ClientFixture fixture) {
    return Map.of(
            "legacy",
            LEGACY_KEY,
            "registration",
            REGISTRATION_TOKEN,
            "runtime",
            runtimeToken,
            "user",
            API_KEY)
        .get(fixture.credential());
  }

  @Override
  public void close() {
    if (given != Given.NOTHING) {
      server.delete("/api/workers/" + worker, workerCredential);
    }
    if (given.compareTo(Given.REGISTERED) > 0) {
      server.delete(fill("/api/work/{session}"), API_KEY);
    }
  }
}
