package dev.sluice.service.process;

import static dev.sluice.service.process.FleetCalls.PRODUCER;
import static dev.sluice.service.process.FleetCalls.REGISTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two workers that hold sessions through restarts of the service, and list them after each. The
 * second has a machine, and starts again itself.
 */
final class HeldThroughRestarts {

  private static final String HOST = ",\"machineId\":\"held-host\"";

  private final String first;
  private final String second;
  private String third = "";

  /** Claims 0 to 2, of which 2 is never accepted, and 3 and 4. */
  HeldThroughRestarts(String url) {
    Calls producer = new Calls(url, PRODUCER);
    String items =
        IntStream.range(0, 5)
            .mapToObj(
                n ->
                    "{\"sessionId\":\"%s\",\"prompt\":\"p\",\"projectName\":\"held\"}"
                        .formatted(id(n)))
            .collect(Collectors.joining(","));
    producer.post("/api/work", "{\"items\":[" + items + "]}");
    first = claim(url, "\"capacity\":3", 0, 1, 2);
    second = claim(url, "\"capacity\":2" + HOST, 3, 4);
    for (int n : List.of(0, 1)) {
      worker(url, first).report(id(n), "running");
    }
    for (int n : List.of(3, 4)) {
      worker(url, second).report(id(n), "running");
    }
    assertThat(list(url, first, 0, 1)).isEqualTo(Map.of(id(0), "keep", id(1), "keep"));
    assertThat(list(url, second, 3)).isEqualTo(Map.of(id(3), "keep"));
  }

  /** After a restart of the service. */
  void goOn(String url) {
    if (third.isEmpty()) {
      assertThat(list(url, first, 0, 1, 3, 9))
          .isEqualTo(Map.of(id(0), "keep", id(1), "keep", id(3), "reap", id(9), "reap"));
      assertThat(work(url, 2).at("/place").asText()).as("two lists left it out").isEqualTo("ready");
      assertThat(list(url, first, 2, 1, 0))
          .isEqualTo(Map.of(id(0), "keep", id(1), "keep", id(2), "adopt"));
      new Calls(url, PRODUCER).post(ReplayWorker.path(id(1), "stop"), "");
      startAgain(url);
    }
    assertThat(list(url, first, 0, 1, 2))
        .isEqualTo(Map.of(id(0), "keep", id(1), "reap", id(2), "keep"));
    assertThat(list(url, third, 3)).isEqualTo(Map.of(id(3), "keep"));
  }

  private void startAgain(String url) {
    JsonNode registered =
        new Calls(url, REGISTRATION)
            .post(
                "/api/workers/register",
                "{\"hostname\":\"h\",\"projects\":[\"held\"],\"capacity\":2,\"sessions\":[\"%s\",\"%s\"]%s}"
                    .formatted(id(3), id(0), HOST));
    third = registered.at("/workerId").asText();
    assertThat(verdicts(registered)).isEqualTo(Map.of(id(3), "adopt", id(0), "reap"));
    assertThat(list(url, second, 3)).as("an old process").isEqualTo(Map.of(id(3), "reap"));
  }

  /** After the last restart; ends all. */
  void end(String url) {
    goOn(url);
    assertThat(list(url, third, 3, 4)).isEqualTo(Map.of(id(3), "keep", id(4), "adopt"));
    assertThat(claims(url, register(url, "\"capacity\":5"))).as("nothing runs twice").isEmpty();
    for (int n : List.of(0, 2, 3, 4)) {
      String owner = n < 3 ? first : third;
      assertThat(work(url, n).at("/workerId").asText()).isEqualTo(owner);
      worker(url, owner).report(id(n), "completed");
      assertThat(work(url, n).at("/state").asText()).isEqualTo("completed");
    }
    assertThat(work(url, 0).at("/attempts").asInt()).isZero();
    assertThat(work(url, 2).at("/attempts").asInt()).isEqualTo(1);
    assertThat(work(url, 3).at("/attempts").asInt()).isZero();
  }

  private static String id(int number) {
    return "held-" + number;
  }

  private static String register(String url, String members) {
    return ReplayWorker.register(
            new Calls(url, REGISTRATION),
            "{\"hostname\":\"h\",\"projects\":[\"held\"]," + members + "}")
        .id();
  }

  private static String claim(String url, String members, int... numbers) {
    String worker = register(url, members);
    assertThat(claims(url, worker))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.of(numbers).mapToObj(HeldThroughRestarts::id).toList());
    return worker;
  }

  private static List<String> claims(String url, String worker) {
    return new ArrayList<>(worker(url, worker).claims());
  }

  private static ReplayWorker worker(String url, String id) {
    return new ReplayWorker(new Calls(url, REGISTRATION), id);
  }

  private static Map<String, String> list(String url, String worker, int... numbers) {
    String ids =
        IntStream.of(numbers)
            .mapToObj(n -> "\"" + id(n) + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    return verdicts(
        new Calls(url, REGISTRATION)
            .post(
                "/api/workers/" + worker + "/heartbeat",
                "{\"activeCount\":%d,\"sessions\":%s}".formatted(numbers.length, ids)));
  }

  private static Map<String, String> verdicts(JsonNode answer) {
    Map<String, String> verdicts = new TreeMap<>();
    answer
        .at("/sessions")
        .properties()
        .forEach(each -> verdicts.put(each.getKey(), each.getValue().asText()));
    return verdicts;
  }

  private static JsonNode work(String url, int number) {
    return new Calls(url, PRODUCER).get("/api/work/" + id(number));
  }
}
