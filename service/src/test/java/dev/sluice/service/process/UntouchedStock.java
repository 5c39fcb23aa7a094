package dev.sluice.service.process;

import static dev.sluice.service.process.FleetCalls.PRODUCER;
import static dev.sluice.service.process.FleetCalls.REGISTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayWorker;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A project without workers: equally many sessions that are dead, that wait, each with an unread
 * message, that are parked behind these, and that wait for a time.
 */
final class UntouchedStock {

  private static final String QUEUE = "/api/queues/stock";
  private static final int AT_ONCE = 500;

  /** After the request has arrived, however busy the machine. */
  private static final long SOON_MS = 2_000;

  private final int each;

  /** Enqueues and sends. */
  UntouchedStock(String url, int each) throws InterruptedException {
    this.each = each;
    Calls producer = new Calls(url, PRODUCER);
    enqueue(
        producer,
        n -> item("dead-" + n, ",\"deadline\":" + (System.currentTimeMillis() + SOON_MS)));
    while (producer.call("GET", QUEUE, null, Map.of()).json().path("dead").asInt() < each) {
      Thread.sleep(50); // between two questions
    }
    enqueue(producer, n -> item("first-" + n, ",\"issueId\":\"issue-%d\"".formatted(n)));
    enqueue(producer, n -> item("parked-" + n, ",\"issueId\":\"issue-%d\"".formatted(n)));
    enqueue(producer, n -> item("later-" + n, ",\"notBefore\":\"2999-01-01T00:00:00Z\""));
    for (int n = 0; n < each; n++) {
      producer.post(
          ReplayWorker.path("first-" + n, "inbox"),
          "{\"type\":\"nudge\",\"payload\":\"message %d\"}".formatted(n));
    }
    check(url);
  }

  /** All is as it was. */
  void check(String url) {
    JsonNode queue = queue(url);
    for (String place : List.of("ready", "parked", "later", "dead")) {
      assertThat(queue.path(place).asInt()).as("%s: %s", place, queue).isEqualTo(each);
    }
    assertThat(queue.path("claimed").asInt() + queue.path("returned").asInt()).isZero();
  }

  /** A worker takes the first item in order with its message; its end lets the next one through. */
  void use(String url) {
    check(url);
    ReplayWorker worker = worker(new Calls(url, REGISTRATION), 1);
    worker.run("first-0");
    assertThat(worker.messages("first-0"))
        .extracting(message -> message.at("/payload").asText())
        .containsExactly("message 0");
    worker.report("first-0", "completed");
    JsonNode parked = new Calls(url, PRODUCER).get("/api/work/parked-0");
    assertThat(parked.at("/place").asText()).isEqualTo("ready");
  }

  private static JsonNode queue(String url) {
    return new Calls(url, PRODUCER).get(QUEUE);
  }

  private static ReplayWorker worker(Calls calls, int capacity) {
    return ReplayWorker.register(
        calls, "{\"hostname\":\"h\",\"capacity\":%d,\"projects\":[\"stock\"]}".formatted(capacity));
  }

  private void enqueue(Calls producer, IntFunction<String> item) {
    for (int from = 0; from < each; from += AT_ONCE) {
      List<String> some =
          IntStream.range(from, Math.min(from + AT_ONCE, each)).mapToObj(item).toList();
      producer.post("/api/work", "{\"items\":[" + String.join(",", some) + "]}");
    }
  }

  private static String item(String id, String members) {
    return "{\"sessionId\":\"%s\",\"projectName\":\"stock\",\"prompt\":\"p\"%s}"
        .formatted(id, members);
  }
}
