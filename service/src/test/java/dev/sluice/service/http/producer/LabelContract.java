package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The labels that a producer gives to its work. */
public abstract class LabelContract {

  private static final String LABELS = "{\"run\":\"nightly-17\",\"team\":\"core\"}";

  protected abstract SluiceServer server();

  @Test
  void peopleReadThemWhereverWorkIsShown() {
    String id = enqueue("\"labels\":" + LABELS);
    labelled(server().get("/api/work/" + id, API_KEY).json());
    labelled(server().get("/api/work?project=" + id, API_KEY).json().at("/work/0"));
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}");
    Answer poll = worker.poll();
    assertThat(TestWorker.claimed(poll)).containsExactly(id);
    assertThat(poll.body()).as("as its producer sent it").contains("\"labels\":" + LABELS);
    labelled(server().get("/api/sessions/" + id, API_KEY).json().at("/session"));
    labelled(server().get("/api/sessions/" + id + "/status", API_KEY).json());
    JsonNode own = worker.report(id, "completed").json().at("/session");
    assertThat(own.has("labels")).as("the worker has the item").isFalse();
    labelled(server().get("/api/work/" + id, API_KEY).json());
    labelled(
        server().post("/api/sessions/" + id + "/requeue", API_KEY, "{\"reason\":\"r\"}").json());
    server().delete("/api/work/" + id, API_KEY);
  }

  private static void labelled(JsonNode work) {
    assertThat(work.at("/labels").toString()).as("%s", work).isEqualTo(LABELS);
  }

  @Test
  void workWithoutLabelsHasNone() {
    for (String none : List.of("\"labels\":null", "\"labels\":{}", "\"Labels\":[1]")) {
      String id = enqueue(none);
      assertThat(server().get("/api/work/" + id, API_KEY).json().has("labels")).as(none).isFalse();
      server().delete("/api/work/" + id, API_KEY);
    }
  }

  @Test
  void theWidestAreKept() {
    String longest = "k".repeat(63);
    String labels =
        "{\"Az09._/-\":\"\",\"" + longest + "\":\"" + "\u00fc".repeat(31) + "\\u0041\"}";
    String id = enqueue("\"labels\":" + labels);
    JsonNode kept = server().get("/api/work/" + id, API_KEY).json().at("/labels");
    assertThat(kept.at("/Az09._~1-").asText()).isEmpty();
    assertThat(kept.at("/" + longest).asText()).isEqualTo("\u00fc".repeat(31) + "A");
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void anythingElseIsRefusedByItsName() {
    for (String wrong : List.of("[]", "[\"a\"]", "\"a\"", "1", "true")) {
      refused(wrong, "labels", "must be an object");
    }
    for (int count : List.of(9, 200)) {
      String many =
          IntStream.range(0, count)
              .mapToObj(i -> "\"k" + i + "\":\"v\"")
              .collect(Collectors.joining(",", "{", "}"));
      refused(many, "labels", "must have at most 8 members");
    }
    for (String key : List.of("", "a b", "\u00fc", "a=b", "k".repeat(64), "a\\u0000")) {
      refused(
          "{\"" + key + "\":\"v\"}",
          "labels",
          "has a key that isn't 1 to 63 letters, digits and . _ / -");
    }
    for (String value : List.of("1", "null", "true", "{}", "[]")) {
      refused("{\"team\":" + value + "}", "labels.team", "must be a string");
    }
    refused(
        "{\"team\":\"" + "v".repeat(64) + "\"}",
        "labels.team",
        "must be at most 63 bytes of UTF-8");
    for (String control : List.of("a\\nb", "\\u0000", "\\u007f", "\\u0085")) {
      refused(
          "{\"team\":\"" + control + "\"}", "labels.team", "must not contain control characters");
    }
    refused(
        "{\"team\":\"\\ud83d\"}", "labels.team", "must be well-formed Unicode (lone surrogate)");
  }

  @Test
  void whatShowsNothingIsRefusedButEmojiAreKept() {
    for (String hidden :
        List.of(
            "core\\u202egpj",
            "\\u200bcore",
            "co\\u200dre",
            "\\u200d\\u26a1",
            "core\\ufeff",
            "co\\u00adre",
            "a\\u2028b",
            "a\\u2029b",
            "\\u3164",
            "a\\udb40\\udc67\\udb40\\udc62\\udb40\\udc7f")) {
      refused(
          "{\"team\":\"" + hidden + "\"}",
          "labels.team",
          "must not contain characters that show nothing");
      Answer list = server().get("/api/work?label=team=" + encoded(hidden), API_KEY);
      assertThat(list.status()).as(hidden).isEqualTo(400);
      assertThat(list.text("/field")).isEqualTo("label");
    }
    for (String emoji :
        List.of(
            "\ud83d\ude80 \u2764\ufe0f",
            "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
            "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f")) {
      String id = enqueue("\"labels\":{\"team\":\"" + emoji + "\"}");
      JsonNode kept = server().get("/api/work/" + id, API_KEY).json().at("/labels/team");
      assertThat(kept.asText()).isEqualTo(emoji);
      server().delete("/api/work/" + id, API_KEY);
    }
  }

  private static String encoded(String escaped) {
    String text = StrictJson.read("\"" + escaped + "\"").asText();
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aLabelThatIsGivenTwiceIsNamedByItsPath() {
    refused("{\"a\":\"x\",\"b\":\"y\",\"a\":\"x\"}", "labels.a", "is given more than once");
    String item = "{\"prompt\":\"p\",\"labels\":{\"a\":\"x\",\"a\":\"y\"}}";
    for (String path : List.of("/api/work", "/api/batches")) {
      Answer bulk = server().post(path, API_KEY, "{\"items\":[{\"prompt\":\"p\"},1," + item + "]}");
      assertThat(bulk.status()).as(path).isEqualTo(400);
      assertThat(bulk.text("/field")).as(path).isEqualTo("items[2].labels.a");
    }
  }

  private void refused(String labels, String field, String problem) {
    Answer answer =
        server().post("/api/work", API_KEY, "{\"prompt\":\"p\",\"labels\":" + labels + "}");
    assertThat(answer.status()).as(labels).isEqualTo(400);
    assertThat(answer.text("/field")).as(labels).isEqualTo(field);
    assertThat(answer.text("/message")).as(labels).isEqualTo(field + " " + problem);
  }

  private String enqueue(String members) {
    String id = "labels-" + System.nanoTime();
    server()
        .enqueue(
            "{\"prompt\":\"p\",\"sessionId\":\""
                + id
                + "\",\"projectName\":\""
                + id
                + "\","
                + members
                + "}");
    return id;
  }
}
