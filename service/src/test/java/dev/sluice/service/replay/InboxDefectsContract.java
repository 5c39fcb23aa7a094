package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class InboxDefectsContract extends ReplayScene {

  private static final Duration HIDDEN = Duration.ofSeconds(60);

  @Test
  void aMessageThatWasReadAndNotAcknowledgedComesAgain() {
    String id = enqueue("read");
    ReplayWorker worker = worker(1);
    worker.run(id);
    String message = send(id, "directive", "Try the other way");
    for (int i = 0; i < 3; i++) { // each answer is lost, or what it says can't be injected
      assertThat(ids(worker.messages(id))).containsExactly(message);
      assertThat(worker.messages(id)).as("hidden meanwhile").isEmpty();
      passAlive(HIDDEN, worker);
    }
    List<JsonNode> last = worker.messages(id);
    worker.ack(id, last.get(0));
    passAlive(HIDDEN, worker);
    assertThat(worker.messages(id)).as("acknowledged").isEmpty();
  }

  @Test
  void aMessageFollowsItsSessionToTheWorkerThatRegisteredAnew() {
    String id = enqueue("follows");
    ReplayWorker old = worker(1);
    old.run(id);
    String message = send(id, "directive", "Go on");
    assertThat(ids(old.messages(id))).containsExactly(message);
    ReplayWorker anew = worker(1);
    JsonNode over =
        anew.calls()
            .post(
                ReplayWorker.path(id, "transfer-ownership"),
                "{\"newWorkerId\":\"%s\",\"oldWorkerId\":\"%s\"}".formatted(anew.id(), old.id()));
    assertThat(over.at("/transferred").asBoolean()).isTrue();
    passAlive(HIDDEN, anew);
    assertThat(ids(anew.messages(id))).containsExactly(message);
  }

  @Test
  void twoSessionsOfOneAgentHaveAnInboxEach() {
    String agent = ",\"agentId\":\"agent-of-both\"";
    String first = enqueue("first", agent);
    ReplayWorker one = worker(1);
    one.run(first);
    String second = enqueue("second", agent);
    ReplayWorker two = worker(1);
    two.run(second);

    String unread = send(second, "directive", "Only for the second");
    stop(first);
    JsonNode ofTwo = two.poll();
    assertThat(ofTwo.at("/inboxMessages").size()).isEqualTo(1);
    assertThat(ofTwo.at("/inboxMessages/" + second + "/0/type").asText()).isEqualTo("directive");
    List<JsonNode> stops = one.messages(first);
    assertThat(stops).hasSize(1);
    assertThat(stops.get(0).at("/type").asText()).isEqualTo("stop");
    assertThat(stops.get(0).at("/sessionId").asText()).isEqualTo(first);

    one.ack(first, stops.get(0));
    one.report(first, "stopped");
    assertThat(state(second)).isEqualTo("running");
    passAlive(HIDDEN, two);
    assertThat(ids(two.messages(second))).as("not archived with the first").containsExactly(unread);
  }

  @Test
  void normalMessagesAreReadHoweverManyUrgentOnesArrive() {
    String id = enqueue("starved");
    ReplayWorker worker = worker(1);
    worker.run(id);
    String normal = send(id, "hook-result", "The build is green");
    IntStream.range(0, 15).forEach(i -> send(id, "directive", "Urgent " + i));
    List<JsonNode> read = worker.messages(id);
    assertThat(read).hasSize(10);
    assertThat(ids(read)).contains(normal);
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(message -> message.at("/id").asText()).toList();
  }
}
