package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trace context that a producer sends with its work, and that the worker gets. */
public abstract class TraceContextContract {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
  private static final String STATE = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";

  private final String project = "traced-" + System.nanoTime();
  private int items;

  protected abstract SluiceServer server();

  @AfterEach
  void nothingIsLeft() {
    while (poll() != null) {}
  }

  @Test
  void theMemberComesWithTheWork() {
    enqueue(item("\"traceparent\":\"" + PARENT + "\",\"tracestate\":\"" + STATE + "\""), Map.of());

    traced(poll(), PARENT, STATE);
  }

  @Test
  void theHeadersAreThoseOfItemsWithoutMembers() {
    Map<String, String> headers = Map.of("traceparent", PARENT, "tracestate", STATE);
    List<String> items =
        List.of(
            item(null), item("\"traceparent\":\"" + OTHER + "\""), item("\"traceparent\":null"));

    enqueue("{\"items\":" + items + "}", headers);

    traced(poll(), PARENT, STATE);
    traced(poll(), OTHER, "");
    JsonNode none = poll();
    assertThat(none.at("/traceparent").isNull()).as("%s", none).isTrue();
    assertThat(none.has("tracestate")).isFalse();
  }

  @Test
  void aBatchAndATaskHaveThoseOfTheirCall() {
    Map<String, String> headers = Map.of("traceparent", PARENT);
    Answer batch = post("/api/batches", "{\"items\":[" + unnamed("") + "]}", headers);
    assertThat(batch.status()).as(batch.body()).isEqualTo(201);
    traced(poll(), PARENT, "");

    Answer task =
        post(
            "/api/mcp/submit-task",
            "{\"issueId\":\"E-1\",\"description\":\"Fix it\",\"project\":\"" + project + "\"}",
            headers);
    assertThat(task.status()).as(task.body()).isEqualTo(200);
    traced(poll(), PARENT, "");
  }

  @Test
  void aRepeatMayComeFromAnotherTrace() {
    String item = item(null);
    enqueue(item, Map.of("traceparent", PARENT));

    Answer again = post("/api/work", item, Map.of("traceparent", OTHER));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().at("/duplicate").asBoolean()).isTrue();
    traced(poll(), PARENT, "");
  }

  @Test
  void aWrongHeaderIsIgnored() {
    for (String wrong :
        List.of(
            "",
            "00-0-0-0",
            PARENT.replace("00-4", "ff-4"),
            PARENT + "-x",
            PARENT.toUpperCase(Locale.ROOT))) {
      enqueue(item(null), Map.of("traceparent", wrong, "tracestate", STATE));
      assertThat(poll().has("traceparent")).as(wrong).isFalse();
    }
    for (String wrong : List.of("", "a", "=", "A=b", "a=b=c", "a=b,,", "a=" + "b".repeat(600))) {
      enqueue(item(null), Map.of("traceparent", PARENT, "tracestate", wrong));
      traced(poll(), PARENT, "");
    }
    enqueue(item(null), Map.of("tracestate", STATE));
    assertThat(poll().has("tracestate")).as("without its traceparent").isFalse();
  }

  @Test
  void aWrongMemberIsRefusedByItsPath() {
    String wrong =
        ",\"traceparent\":\"" + PARENT.replace("00f067aa0ba902b7", "0".repeat(16)) + "\"";
    String items = "{\"items\":[" + unnamed("") + "," + unnamed(wrong) + "]}";

    Answer alone = post("/api/work", unnamed(wrong), Map.of("traceparent", PARENT));
    assertThat(alone.status()).isEqualTo(400);
    assertThat(alone.text("/field")).isEqualTo("traceparent");

    Answer bulk = post("/api/work", items, Map.of());
    assertThat(bulk.text("/results/0/state")).isEqualTo("pending");
    assertThat(bulk.text("/results/1/field")).isEqualTo("traceparent");

    Answer batch = post("/api/batches", items, Map.of());
    assertThat(batch.status()).isEqualTo(400);
    assertThat(batch.text("/field")).isEqualTo("items[1].traceparent");
  }

  @Test
  void nothingIsAddedToASealedItem() {
    String id = project + "-sealed";
    String content =
        "\"sessionId\":\"%1$s\",\"issueId\":\"%1$s\",\"issueIdentifier\":\"%1$s\",\"priority\":3,\"queuedAt\":1,\"projectName\":\"%2$s\""
            .formatted(id, project);

    enqueue(
        "{" + content + ",\"operationalPayload\":{" + content + "}}",
        Map.of("traceparent", PARENT));

    assertThat(poll().has("traceparent")).isFalse();
  }

  private static void traced(JsonNode work, String parent, String state) {
    assertThat(work).isNotNull();
    assertThat(work.at("/traceparent").asText()).as("%s", work).isEqualTo(parent);
    assertThat(work.at("/tracestate").asText()).as("%s", work).isEqualTo(state);
  }

  private String item(String members) {
    return "{\"sessionId\":\"%s-%d\",\"prompt\":\"p\",\"projectName\":\"%s\"%s}"
        .formatted(project, items++, project, members == null ? "" : "," + members);
  }

  private String unnamed(String members) {
    return "{\"prompt\":\"p\",\"projectName\":\"" + project + "\"" + members + "}";
  }

  private void enqueue(String body, Map<String, String> headers) {
    Answer answer = post("/api/work", body, headers);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
  }

  private Answer post(String path, String body, Map<String, String> headers) {
    return server().call("POST", path, API_KEY, body, headers);
  }

  /** Returns the next item, which then ends; null for none. */
  private JsonNode poll() {
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}");
    JsonNode work = worker.poll().json().at("/work/0");
    if (work.isMissingNode()) {
      return null;
    }
    worker.report(work.at("/sessionId").asText(), "completed");
    return work;
  }
}
