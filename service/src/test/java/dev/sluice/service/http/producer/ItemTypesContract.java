package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.http.producer.ItemPlace.Wrong;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every place of an item that Go workers decode with a type, as {@code item-members.txt} lists. */
public abstract class ItemTypesContract {

  protected abstract SluiceServer server();

  @Test
  void aWrongValueIsRefusedByItsPath() {
    List<Wrong> wrong = ItemPlace.all().stream().flatMap(each -> each.wrong().stream()).toList();
    assertThat(wrong.stream().map(Wrong::field).distinct()).hasSizeGreaterThan(190);
    assertRefused(wrong);
  }

  @Test
  void namesCountInAnyCase() {
    assertRefused(
        ItemPlace.all().stream()
            .filter(place -> !place.path().contains("."))
            .map(place -> place.wrong().get(0))
            .map(each -> upper(each.item(), each.field()))
            .toList());
  }

  @Test
  void rightValuesComeBackByteForByte() {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("prompt", "p");
    ItemPlace.all().stream()
        .filter(place -> !place.path().equals("projectName"))
        .forEach(place -> place.putRight(item));
    roundTrip(item.toPrettyString());
  }

  @Test
  void nullIsRightEverywhere() {
    for (ItemPlace place : ItemPlace.all()) {
      boolean required = place.path().matches("repositoryDeclaration\\..*|projectName");
      if (!required) {
        roundTrip(place.item("null"));
      }
    }
  }

  @Test
  void whatGoWorkersDoNotDecodeMayBeAnything() {
    for (String name :
        List.of(
            "admissionReceipt",
            "claimReceipt",
            "effectiveCell",
            "executionRuntimeBinding",
            "interviewDefinition",
            "other")) {
      for (String value : List.of("5", "\"x\"", "[1.5]", "{\"title\":5}")) {
        roundTrip("{\"prompt\":\"p\",\"" + name + "\" : " + value + "}");
      }
    }
    roundTrip("{\"prompt\":\"p\",\"kits\":{\"node\": 22}}");
  }

  private void roundTrip(String item) {
    String id = "typed-" + System.nanoTime();
    String whole =
        "{\"sessionId\":\"%s\",\"projectName\":\"%1$s\",\"issueIdentifier\":\"ENG-1\","
                .formatted(id)
            + item.substring(1);
    server().enqueue(whole);
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"hostInfo\":{},\"projects\":[\"" + id + "\"]}");
    Answer poll = worker.poll();
    assertThat(TestWorker.claimed(poll)).containsExactly(id);
    assertThat(poll.body()).contains(whole.substring(0, whole.length() - 1));
    Answer work = server().get("/api/work/" + id, API_KEY);
    assertThat(work.json().has("unreadable")).as("%s", work).isFalse();
    worker.report(id, "completed");
    server().delete("/api/workers/" + worker.id(), worker.token());
  }

  private void assertRefused(List<Wrong> wrong) {
    String items = wrong.stream().map(Wrong::item).collect(Collectors.joining(","));
    Answer answer = server().post("/api/work", API_KEY, "{\"items\":[" + items + "]}");
    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().at("/results");
    for (int i = 0; i < wrong.size(); i++) {
      JsonNode result = results.get(i);
      assertThat(result.at("/status").asInt()).as(wrong.get(i).item()).isEqualTo(400);
      assertThat(result.at("/field").asText()).as("%s", result).isEqualTo(wrong.get(i).field());
      assertThat(result.at("/error").asText()).startsWith(wrong.get(i).field() + " m");
    }
  }

  private static Wrong upper(String item, String field) {
    String name = field.replaceAll("\\[.*", "");
    String upper = name.toUpperCase(Locale.ROOT);
    return new Wrong(item.replace('"' + name + '"', '"' + upper + '"'), field.replace(name, upper));
  }
}
