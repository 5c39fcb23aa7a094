package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.Test;

/** The key under which only the same report may be repeated. */
public abstract class AttemptContract {

  protected abstract SluiceServer server();

  @Test
  void anExactReplayIsAnsweredAsSuch() {
    OwnedSession session = OwnedSession.of(server());
    JsonNode first =
        session.done(
            "status",
            "{\"status\":\"completed\",\"attempt\":\"a1\",\"totalCostUsd\":1.0,\"summary\":\"s\"}");
    assertThat(first.has("replay")).isFalse();
    JsonNode again =
        session.done(
            "status",
            "{\"summary\":\"\\u0073\","
                + " \"totalCostUsd\":1.0,\"attempt\":\"a1\",\"status\":\"completed\"}");
    assertThat(again.at("/replay").asBoolean()).isTrue();
    assertThat(again.at("/updated").asBoolean()).isTrue();
    assertThat(again.at("/session")).isEqualTo(first.at("/session"));
  }

  @Test
  void anotherBodyUnderTheSameKeyChangesNothing() {
    OwnedSession session = OwnedSession.of(server());
    session.done("status", "{\"status\":\"running\",\"attempt\":\"a1\"}");
    JsonNode before = session.status();
    Answer other =
        session.call("status", "{\"status\":\"failed\",\"attempt\":\"a1\",\"error\":\"e\"}");
    assertThat(other.status()).as(other.body()).isEqualTo(409);
    assertThat(other.text("/field")).isEqualTo("attempt");
    assertThat(other.text("/error")).isEqualTo("attempt was used for another report");
    assertThat(session.status()).isEqualTo(before);
    assertThat(
            session.done("status", "{\"status\":\"completed\",\"attempt\":\"a2\"}").has("replay"))
        .as("another key")
        .isFalse();
  }

  @Test
  void aReportWithoutAKeyIsNoReplay() {
    OwnedSession session = OwnedSession.of(server());
    for (String attempt : new String[] {"", ",\"attempt\":null", ",\"attempt\":\"\""}) {
      for (int i = 0; i < 2; i++) {
        assertThat(session.done("status", "{\"status\":\"running\"" + attempt + "}").has("replay"))
            .as(attempt)
            .isFalse();
      }
    }
  }
}
