package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls with another worker's runtime token are refused and change nothing. */
public abstract class ForeignCallsContract {

  private static final String OWNED = "Session is owned by another worker";

  protected abstract SluiceServer server();

  @Test
  void aLockRefreshOfSomebodyElsesSessionTakesNothing() {
    OwnedSession session = OwnedSession.of(server());
    String message = session.send("directive", "do");
    JsonNode before = session.status();
    String body = "{\"issueId\":\"" + session.id() + "\",\"ackedInject\":\"" + message + "\"}";
    Answer refused = session.by(stranger().token(), "lock-refresh", body);
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.body()).isEqualTo("{\"refreshed\":false,\"stop\":false}");
    assertThat(session.status()).isEqualTo(before);
    assertThat(session.polled().at("/0/id").asText()).as("not acknowledged").isEqualTo(message);
    assertThat(session.done("lock-refresh", "{}").at("/refreshed").asBoolean()).isTrue();
  }

  @Test
  void anAckOfSomebodyElsesMessageAcknowledgesNothing() {
    OwnedSession session = OwnedSession.of(server());
    OwnedSession other = OwnedSession.of(server());
    String message = session.send("directive", "do");
    String ack = "{\"messageId\":\"" + message + "\",\"lane\":\"urgent\"}";
    Answer refused = session.by(other.owner().token(), "inbox/ack", ack);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("/error")).isEqualTo(OWNED);
    assertThat(refused.text("/message")).isEqualTo(OWNED + ": " + session.owner().id());
    assertThat(other.done("inbox/ack", ack).at("/acknowledged").asBoolean())
        .as("unknown in its own session, which is no error")
        .isTrue();
    assertThat(session.polled().at("/0/id").asText()).isEqualTo(message);
  }

  @Test
  void anAckWithoutAWorkerIsForTheOwnersCredential() {
    OwnedSession session = OwnedSession.of(server());
    String stop = session.send("stop", "now");
    String ack = "{\"messageId\":\"" + stop + "\",\"lane\":\"urgent\"}";
    Answer refused = session.by(LEGACY_KEY, "inbox/ack", ack);
    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.text("/error")).isEqualTo(OWNED);
    assertThat(refused.body()).as("a stranger").doesNotContain(session.owner().id());
    assertThat(session.polled().at("/0/id").asText()).as("the stop is still there").isEqualTo(stop);
    assertThat(session.by(REGISTRATION_TOKEN, "inbox/ack", ack).status()).isEqualTo(200);
  }

  @Test
  void aTransferOfAnEndedSessionIsDenied() {
    OwnedSession session = OwnedSession.of(server());
    session.done("status", "{\"status\":\"completed\"}");
    JsonNode before = session.status();
    TestWorker next = stranger();
    for (String bearer : new String[] {session.owner().token(), next.token(), REGISTRATION_TOKEN}) {
      Answer denied = session.by(bearer, "transfer-ownership", transfer(session, next.id()));
      assertThat(denied.status()).isEqualTo(200);
      assertThat(denied.json().at("/transferred").isBoolean()).isTrue();
      assertThat(denied.json().at("/transferred").asBoolean()).isFalse();
      assertThat(denied.text("/reason")).isNotEmpty();
      assertThat(denied.json().has("claim")).isFalse();
    }
    assertThat(session.status()).isEqualTo(before);
  }

  @Test
  void aTransferToAnUnknownWorkerIsRefused() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode before = session.status();
    Answer refused = session.call("transfer-ownership", transfer(session, "wkr_nobody"));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text("/error")).isEqualTo("Worker not found");
    assertThat(session.status()).isEqualTo(before);
    assertThat(session.done("claim", "{}").at("/claimed").asBoolean()).as("still its own").isTrue();
  }

  @TestFactory
  Stream<DynamicTest> aBodyThatNamesAnotherWorkerIsRefused() {
    return Stream.of(
            "claim",
            "status \"status\":\"completed\"",
            "lock-refresh \"issueId\":\"i\"",
            "step-heartbeat",
            "progress \"message\":\"m\"",
            "activity \"type\":\"action\",\"content\":\"c\",\"toolName\":\"t\"",
            "completion \"summary\":\"s\"",
            "tool-error \"toolName\":\"t\",\"errorMessage\":\"e\"",
            "external-urls \"externalUrls\":[]",
            "security-scan \"event\":{}",
            "inbox/ack \"messageId\":\"1-1\",\"lane\":\"normal\"",
            "nack \"reason\":\"r\"")
        .map(call -> dynamicTest(call, () -> foreign(call)));
  }

  private void foreign(String call) {
    OwnedSession session = OwnedSession.of(server());
    TestWorker stranger = stranger();
    JsonNode before = session.status();
    int space = call.indexOf(' ');
    String path = space < 0 ? call : call.substring(0, space);
    String more = space < 0 ? "" : "," + call.substring(space + 1);
    Answer posing =
        session.by(
            stranger.token(), path, "{\"workerId\":\"" + session.owner().id() + "\"" + more + "}");
    Answer mistaken =
        session.by(
            session.owner().token(), path, "{\"workerId\":\"" + stranger.id() + "\"" + more + "}");
    for (Answer refused : new Answer[] {posing, mistaken}) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(refused.text("/error")).startsWith("workerId is n");
    }
    assertThat(session.status()).isEqualTo(before);
  }

  @Test
  void anAttemptReplayedWithAnotherBodyIsRefused() {
    OwnedSession session = OwnedSession.of(server());
    session.done("status", "{\"status\":\"completed\",\"attempt\":\"a1\",\"totalCostUsd\":1}");
    JsonNode before = session.status();
    for (String other :
        new String[] {
          "{\"status\":\"completed\",\"attempt\":\"a1\",\"totalCostUsd\":2}",
          "{\"status\":\"failed\",\"attempt\":\"a1\",\"totalCostUsd\":1}",
          "{\"status\":\"completed\",\"attempt\":\"a1\"}"
        }) {
      Answer refused = session.call("status", other);
      assertThat(refused.status()).as(other).isEqualTo(409);
      assertThat(refused.text("/field")).isEqualTo("attempt");
    }
    assertThat(session.status()).isEqualTo(before);
  }

  private TestWorker stranger() {
    return server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
  }

  private static String transfer(OwnedSession session, String to) {
    return "{\"oldWorkerId\":\"" + session.owner().id() + "\",\"newWorkerId\":\"" + to + "\"}";
  }
}
