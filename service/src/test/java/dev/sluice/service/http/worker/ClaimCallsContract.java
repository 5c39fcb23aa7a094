package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

public abstract class ClaimCallsContract {

  private static final String OWNED = "Session is owned by another worker";

  protected abstract SluiceServer server();

  @Test
  void aPollAnswersTheTokenOfEachClaimAndUntilWhenItMustBeAccepted() {
    Claim claim = claim("");
    assertThat(claim.acceptIn()).isEqualTo(300_000);
    assertThat(claim("").token()).isGreaterThan(claim.token());
  }

  @Test
  void aGoDaemonMayTakeLongerToAccept() {
    assertThat(claim(",\"hostInfo\":{}").acceptIn()).isEqualTo(900_000);
  }

  @TestFactory
  Stream<DynamicTest> aCallMayNameItsClaim() {
    return Stream.of(
            List.of("status", "{\"status\":\"running\"}"),
            List.of("nack", "{}"),
            List.of("inbox/ack", "{\"messageId\":\"1-1\",\"lane\":\"normal\"}"))
        .map(
            call ->
                dynamicTest(
                    call.get(0),
                    () -> {
                      Claim claim = claim("");
                      String before = claim.state();
                      for (long wrong : List.of(claim.token() - 1, claim.token() + 1)) {
                        Answer refused = claim.post(call.get(0), call.get(1), Long.toString(wrong));
                        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
                        assertThat(refused.text("/error")).isEqualTo(OWNED);
                      }
                      for (String never : List.of("x", "0", "-1", "1.5", "99999999999999999999")) {
                        Answer refused = claim.post(call.get(0), call.get(1), never);
                        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
                        assertThat(refused.text("/field")).isEqualTo("X-Sluice-Claim");
                      }
                      assertThat(claim.state()).isEqualTo(before);
                      Answer taken =
                          claim.post(call.get(0), call.get(1), Long.toString(claim.token()));
                      assertThat(taken.status()).as(taken.body()).isEqualTo(200);
                    }));
  }

  @Test
  void aHeadOfAPollClaimsNothing() {
    String id = "head-" + System.nanoTime();
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    TestWorker worker = worker(id, "");
    Answer head =
        server()
            .call("HEAD", "/api/workers/" + worker.id() + "/poll", worker.token(), null, Map.of());
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.headers().firstValue("Allow")).hasValue("GET");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
  }

  @Test
  void whoIsNotTheOwnerIsToldWhoIs() {
    Claim first = claim("");
    first.post("nack", "{}", null);
    Answer byNone = first.post("status", "{\"status\":\"running\"}", null);
    assertThat(byNone.status()).isEqualTo(403);
    assertThat(byNone.text("/error")).isEqualTo(OWNED);
    assertThat(byNone.text("/message")).isEqualTo(OWNED + ", or by none");
    TestWorker second = worker(first.id(), "");
    assertThat(TestWorker.claimed(second.poll())).containsExactly(first.id());
    Answer byOther = first.post("status", "{\"status\":\"running\"}", null);
    assertThat(byOther.status()).isEqualTo(403);
    assertThat(byOther.text("/error")).isEqualTo(OWNED);
    assertThat(byOther.text("/message")).isEqualTo(OWNED + ": " + second.id());
  }

  private Claim claim(String registration) {
    String id = "claim-" + System.nanoTime();
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    TestWorker worker = worker(id, registration);
    JsonNode poll = worker.poll().json();
    assertThat(poll.at("/claims").size()).isEqualTo(1);
    return new Claim(
        worker,
        id,
        poll.at("/claims/" + id + "/token").longValue(),
        poll.at("/claims/" + id + "/acceptBy").longValue());
  }

  private TestWorker worker(String project, String members) {
    return server()
        .register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]" + members + "}");
  }

  private record Claim(TestWorker worker, String id, long token, long acceptBy) {

    Answer post(String call, String body, String claim) {
      return worker
          .server()
          .call(
              "POST",
              "/api/sessions/" + id + "/" + call,
              worker.token(),
              body,
              claim == null ? Map.of() : Map.of("X-Sluice-Claim", claim));
    }

    String state() {
      return worker.server().get("/api/work/" + id, API_KEY).body();
    }

    long acceptIn() {
      Answer status = worker.server().get("/api/sessions/" + id + "/status", worker.token());
      return acceptBy - status.json().at("/claimedAt").longValue();
    }
  }
}
