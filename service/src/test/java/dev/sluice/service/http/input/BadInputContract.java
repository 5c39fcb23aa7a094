package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Wrong input gets a 4xx that names it, odd but right input is kept byte for byte, and waiting work
 * stays.
 */
public abstract class BadInputContract {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  protected abstract SluiceServer server();

  /** True to send refused input too. */
  protected abstract boolean refusals();

  @Test
  void everyRowWithFieldsOfItsOwnHasThem() {
    List<String> names =
        new BadInputCalls(server()).all().stream().map(BadInputCall::name).toList();
    assertThat(ApiCall.ALL.stream().filter(ApiCall::hasOwnFields))
        .as("a BadInputCall for each row of ApiCall.ALL that doesn't name its fields")
        .allMatch(row -> names.stream().anyMatch(name -> name.startsWith(row.toString())));
  }

  @Test
  void eachFieldOfEachCallIsSentEachValue() {
    BadInputSentinel sentinel = new BadInputSentinel(server());
    List<String> wrong = new ArrayList<>();
    try (BadInputConnection connection = new BadInputConnection(server())) {
      for (BadInputCall call : new BadInputCalls(server()).all()) {
        checkAll(connection, call, BadInputValue.ABSENT, true, wrong);
        for (BadInputValue value : BadInputValue.ALL) {
          checkAll(connection, call, value, refusals(), wrong);
        }
      }
    }
    sentinel.isStillThere();
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void eachItemOfABulkIsRefusedByItself() {
    assumeThat(refusals()).as("on Redis with -Plong: the store sees no refused body").isTrue();
    BadInputCall single = new BadInputEnqueue(server());
    List<String> items = new ArrayList<>();
    List<BadInputField> fields = new ArrayList<>();
    for (BadInputField field : single.fields()) {
      for (BadInputValue value : BadInputValue.ALL) {
        if (!value.excessive() && value.json().length() < 10_000 && field.expected(value) != 200) {
          items.add(single.body(List.of(field), value.json()));
          fields.add(field);
        }
      }
    }
    for (int start = 0; start < items.size(); start += 1_000) {
      List<String> some = items.subList(start, Math.min(start + 1_000, items.size()));
      Answer answer =
          server().post("/api/work", API_KEY, "{\"items\":[" + String.join(",", some) + "]}");
      JsonNode results = answer.json().at("/results");
      assertThat(results).as(answer.body()).hasSize(some.size());
      for (int i = 0; i < some.size(); i++) {
        assertThat(results.get(i).at("/status").asInt()).as(some.get(i)).isEqualTo(400);
        assertThat(outermost(results.get(i).at("/field").asText()))
            .as(some.get(i))
            .isEqualTo(fields.get(start + i).name());
      }
    }
  }

  @Test
  void eachCallIsSentEachWrongBody() {
    assumeThat(refusals()).as("on Redis with -Plong: the store sees no refused body").isTrue();
    BadInputSentinel sentinel = new BadInputSentinel(server());
    List<String> wrong = new ArrayList<>();
    for (BadInputCall call : new BadInputCalls(server()).all()) {
      for (BadInputBody body : BadInputBody.all()) {
        Answer answer = send(call, body.bytes(), "application/json");
        expect(answer, 400, body.field(), call.name() + " " + body, wrong);
      }
      for (String nothing : List.of("", " \r\n\t")) {
        Answer answer = send(call, nothing.getBytes(StandardCharsets.UTF_8), "application/json");
        if (call.optionalBody()) {
          assertThat(answer.status()).as(call.name()).isEqualTo(call.success());
          call.kept(answer);
        } else {
          expect(answer, 400, "body", call.name() + " without a body", wrong);
        }
      }
    }
    sentinel.isStillThere();
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void eachCallIsSentEachContentType() {
    assumeThat(refusals()).as("on Redis with -Plong: the store sees no refused body").isTrue();
    List<String> wrong = new ArrayList<>();
    for (BadInputCall call : new BadInputCalls(server()).all()) {
      byte[] valid = BadInputCall.json(call.valid()).getBytes(StandardCharsets.UTF_8);
      for (String other :
          List.of(
              "text/plain",
              "text/html",
              "application/xml",
              "application/vnd.api+json",
              "application/octet-stream",
              "application/x-www-form-urlencoded",
              "multipart/form-data; boundary=x")) {
        expect(send(call, valid, other), 415, "", call.name() + " as " + other, wrong);
      }
      for (String no : List.of("json", "/", "application/json, text/plain", "a/b; c=\"")) {
        expect(send(call, valid, no), 400, "", call.name() + " as " + no, wrong);
      }
      for (String odd :
          List.of("", "application/JSON", "application/json; charset=utf-16", "*/*")) {
        Answer answer = send(call, valid, odd);
        assertThat(answer.status()).as(call.name() + " as " + odd).isEqualTo(call.success());
        call.kept(answer);
      }
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void eachCallIsSentTooMuch() {
    assumeThat(refusals()).as("on Redis with -Plong: the store sees no refused body").isTrue();
    List<String> wrong = new ArrayList<>();
    for (BadInputCall call : new BadInputCalls(server()).all()) {
      for (String announced :
          List.of(String.valueOf(call.mostBytes() + 1), "3000000000", "999999999999999999")) {
        Answer answer =
            BadInputSocket.ask(
                server(),
                head(call, "Content-Length: " + announced),
                "{}".getBytes(StandardCharsets.UTF_8));
        expect(answer, 413, "body", call.name() + " announcing " + announced, wrong);
      }
      byte[] chunk = " ".repeat(call.mostBytes() + 1).getBytes(StandardCharsets.UTF_8);
      String head =
          head(call, "Transfer-Encoding: chunked") + Integer.toHexString(chunk.length) + "\r\n";
      Answer chunked = BadInputSocket.ask(server(), head, chunk);
      expect(chunked, 413, "body", call.name() + " in chunks", wrong);
      assertThat(chunked.headers().firstValue("Connection")).hasValue("close");
      Answer most =
          send(
              call,
              (BadInputCall.json(call.valid()) + " ".repeat(call.mostBytes()))
                  .substring(0, call.mostBytes())
                  .getBytes(StandardCharsets.UTF_8),
              "application/json");
      assertThat(most.status()).as(call.name() + " at its limit").isEqualTo(call.success());
      call.kept(most);
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void aBodyThatBreaksOffIsNoFaultOfTheServer() {
    assumeThat(refusals()).as("on Redis with -Plong: the store sees no refused body").isTrue();
    List<String> wrong = new ArrayList<>();
    for (BadInputCall call : new BadInputCalls(server()).all()) {
      for (String part : List.of("", "{", BadInputCall.json(call.valid()))) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        Answer answer = BadInputSocket.ask(server(), head(call, "Content-Length: 1000"), bytes);
        expect(answer, 400, "body", call.name() + " broken off behind " + part, wrong);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
      }
      for (String chunks :
          List.of("", "5\r\n{}", "2\r\n{}\r\n", "zz\r\n{}\r\n0\r\n\r\n", "-1\r\n")) {
        byte[] bytes = chunks.getBytes(StandardCharsets.UTF_8);
        Answer answer =
            BadInputSocket.ask(server(), head(call, "Transfer-Encoding: chunked"), bytes);
        expect(answer, 400, "body", call.name() + " broken off in chunks: " + chunks, wrong);
      }
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void namesMadeToCollideAreJustNames() {
    String item = BadInputBody.collidingNames();
    TestWorker worker = server().register("{\"hostname\":\"h\",\"capacity\":100}");
    String id = server().enqueue(item).text("/sessionId");
    // Not read as JSON: the reader of this test would take it for an attack.
    assertThat(worker.poll().body().contains(item.substring(0, item.length() - 1))).isTrue();
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
    assertThat(server().delete("/api/work/" + id, API_KEY).status()).isEqualTo(200);
  }

  private Answer send(BadInputCall call, byte[] body, String contentType) {
    return BadInputSocket.ask(
        server(),
        BadInputSocket.head(
            call.method(),
            call.path(),
            call.bearer(),
            "Content-Length: " + body.length,
            contentType.isEmpty() ? "X-None: none" : "Content-Type: " + contentType),
        body);
  }

  private static String head(BadInputCall call, String length) {
    return BadInputSocket.head(
        call.method(), call.path(), call.bearer(), "Content-Type: application/json", length);
  }

  private static void expect(
      Answer answer, int status, String field, String what, List<String> wrong) {
    String problem = BadInputAnswers.problem(answer);
    if (problem == null && answer.status() != status) {
      problem = "should be " + status;
    }
    if (problem == null && !answer.text("/field").equals(field)) {
      problem = "names another field";
    }
    if (problem != null) {
      wrong.add(
          shortened(what)
              + " "
              + problem
              + ": "
              + answer.status()
              + " "
              + shortened(answer.body()));
    }
  }

  /** Sends a value in all fields that take it at once, and in each other one. */
  private static void checkAll(
      BadInputConnection connection,
      BadInputCall call,
      BadInputValue value,
      boolean refusals,
      List<String> wrong) {
    for (List<BadInputField> takers : call.takers(value)) {
      check(connection, call, takers, value, wrong);
    }
    for (BadInputField field : call.fields()) {
      if (refusals && field.expected(value) != 200) {
        check(connection, call, List.of(field), value, wrong);
      }
    }
  }

  private static void check(
      BadInputConnection connection,
      BadInputCall call,
      List<BadInputField> fields,
      BadInputValue value,
      List<String> wrong) {
    Answer answer = connection.send(call, call.body(fields, value.json()));
    int expected = fields.get(0).expected(value);
    String problem = BadInputAnswers.problem(answer);
    if (problem == null) {
      if (expected == 200) {
        problem =
            answer.status() == call.success()
                ? lost(fields, value, call.kept(answer))
                : "should be taken";
      } else if (answer.status() != expected) {
        problem = "should be " + expected;
      } else if (expected != 403 && expected != 404 && !names(call, fields.get(0), value, answer)) {
        problem = "names another field";
      }
    }
    if (problem != null) {
      String names = fields.stream().map(BadInputField::name).collect(Collectors.joining(", "));
      wrong.add(
          "%s %s = %s %s: %d %s"
              .formatted(
                  call.name(),
                  names,
                  value.label(),
                  problem,
                  answer.status(),
                  shortened(answer.body())));
    }
  }

  private static boolean names(
      BadInputCall call, BadInputField field, BadInputValue value, Answer answer) {
    String named = answer.text("/field");
    return value.excessive()
        ? named.equals("body")
        : outermost(named).equals(field.name()) || call.otherNames().contains(named);
  }

  private static String outermost(String path) {
    return path.replaceFirst("[.\\[].*", "");
  }

  private static @Nullable String lost(
      List<BadInputField> fields, BadInputValue value, String kept) {
    return fields.stream()
        .map(field -> lost(field, value, kept))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Describes the fault of a returned value; null if none. */
  private static @Nullable String lost(BadInputField field, BadInputValue value, String kept) {
    if (value.isNull() || value == BadInputValue.ABSENT) {
      return null;
    }
    return switch (field.kept()) {
      case NO -> null;
      case BYTES ->
          kept.contains("\"" + field.name() + "\":" + value.json())
              ? null
              : "came back otherwise: " + shortened(kept);
      case VALUE -> {
        try {
          JsonNode back = MAPPER.readTree(kept).at(field.pointer());
          yield back.equals(MAPPER.readTree(value.json())) ? null : "came back as " + back;
        } catch (JsonProcessingException e) {
          yield "came back in bad JSON: " + shortened(kept);
        }
      }
    };
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }
}
