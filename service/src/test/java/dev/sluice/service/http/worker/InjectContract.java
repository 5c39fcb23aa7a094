package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class InjectContract {

  protected abstract SluiceServer server();

  @Test
  void aGoDaemonIsBroughtOneMessageARefreshAndNoneByItsPolls() {
    OwnedSession session = OwnedSession.ofGoDaemon(server());
    String memory = session.send("hook-result", "remember");
    String directive = session.send("directive", "do");
    assertThat(session.polled()).isEmpty();
    JsonNode first = session.done("lock-refresh", "{\"issueId\":\"i\"}");
    assertThat(first.at("/refreshed").asBoolean()).isTrue();
    assertThat(first.at("/stop").asBoolean()).isFalse();
    assertThat(first.at("/inject").toString()).isEqualTo(inject(directive, "do", "user"));
    JsonNode second = session.done("lock-refresh", acked(directive));
    assertThat(second.at("/inject").toString()).isEqualTo(inject(memory, "remember", "memory"));
    JsonNode third = session.done("lock-refresh", acked(memory));
    assertThat(third.has("inject")).as("nothing is left").isFalse();
    assertThat(session.polled()).isEmpty();
  }

  @Test
  void aStopIsToldAndNoMessageWithIt() {
    OwnedSession session = OwnedSession.ofGoDaemon(server());
    session.send("directive", "never seen");
    assertThat(session.by(API_KEY, "stop", "{}").status()).isEqualTo(200);
    JsonNode told = session.done("lock-refresh", "{}");
    assertThat(told.at("/stop").asBoolean()).isTrue();
    assertThat(told.has("inject")).isFalse();
  }

  @Test
  void aNudgeIsNoMessageToInject() {
    OwnedSession session = OwnedSession.ofGoDaemon(server());
    session.send("nudge", "look");
    assertThat(session.done("lock-refresh", "{}").has("inject")).isFalse();
    assertThat(session.polled()).isEmpty();
  }

  @Test
  void aStandardWorkerIsBroughtItsMessagesByPollsAlone() {
    OwnedSession session = OwnedSession.of(server());
    String message = session.send("directive", "do");
    assertThat(session.done("lock-refresh", "{}").has("inject")).isFalse();
    assertThat(session.polled().at("/0/id").asText()).isEqualTo(message);
  }

  @Test
  void whoeverAcknowledgesByRefreshIsBroughtItsMessagesThereFromThenOn() {
    OwnedSession session = OwnedSession.of(server());
    String first = session.send("directive", "one");
    JsonNode told = session.done("lock-refresh", "{\"ackedInject\":\"\"}");
    assertThat(told.at("/inject/deliveryId").asText()).isEqualTo(first);
    String second = session.send("directive", "two");
    assertThat(session.polled()).isEmpty();
    assertThat(session.done("lock-refresh", acked(first)).at("/inject/deliveryId").asText())
        .isEqualTo(second);
  }

  @Test
  void whatAWorkerGaveUpOnIsNotBroughtAgainAndItsSenderIsTold() {
    OwnedSession session = OwnedSession.ofGoDaemon(server());
    String first = session.send("directive", "one");
    String second = session.send("directive", "two");
    String third = session.send("directive", "three");
    assertThat(session.done("lock-refresh", "{}").at("/inject/deliveryId").asText())
        .isEqualTo(first);
    String gone =
        """
        {"deadLetteredInjects":[{"deliveryId":"%s","reason":"channel-not-driven"},"%s","",
        "unknown"]}\
        """
            .formatted(first, second);
    JsonNode told = session.done("lock-refresh", gone);
    assertThat(told.at("/refreshed").asBoolean()).isTrue();
    assertThat(told.at("/inject/deliveryId").asText()).isEqualTo(third);
    JsonNode seen = server().get("/api/sessions/" + session.id(), API_KEY).json();
    assertThat(seen.at("/undeliverable")).hasSize(2);
    assertThat(seen.at("/undeliverable/0/messageId").asText()).isEqualTo(first);
    assertThat(seen.at("/undeliverable/0/reason").asText()).isEqualTo("channel-not-driven");
    assertThat(seen.at("/undeliverable/0/at").asText()).endsWith("Z");
    assertThat(seen.at("/undeliverable/1/messageId").asText()).isEqualTo(second);
    assertThat(seen.at("/undeliverable/1").has("reason")).isFalse();
    assertThat(seen.at("/session").has("undeliverable")).isFalse();
  }

  @Test
  void aListOfGivenUpMessagesOfAnotherShapeIsRefused() {
    OwnedSession session = OwnedSession.ofGoDaemon(server());
    for (String wrong :
        List.of(
            "{}",
            "\"1-1\"",
            "[1]",
            "[null]",
            "[[]]",
            "[{}]",
            "[{\"deliveryId\":1}]",
            "[{\"deliveryId\":\"1-1\",\"reason\":{}}]",
            "[" + "\"1-1\",".repeat(100) + "\"1-1\"]")) {
      Answer answer = session.call("lock-refresh", "{\"deadLetteredInjects\":" + wrong + "}");
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.text("/field")).as(wrong).isEqualTo("deadLetteredInjects");
    }
    session.done("lock-refresh", "{\"deadLetteredInjects\":null}");
    session.done("lock-refresh", "{\"deadLetteredInjects\":[]}");
    assertThat(server().get("/api/sessions/" + session.id(), API_KEY).json().has("undeliverable"))
        .isFalse();
  }

  private static String acked(String message) {
    return "{\"ackedInject\":\"" + message + "\"}";
  }

  private static String inject(String id, String text, String kind) {
    return "{\"deliveryId\":\""
        + id
        + "\",\"text\":\""
        + text
        + "\",\"kind\":\""
        + kind
        + "\",\"turnId\":\""
        + id
        + "\"}";
  }
}
