package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.Test;

/** Messages on the answers of lock-refreshes, and only there. */
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
