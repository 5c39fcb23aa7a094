package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that are refused before the store sees them: one store is enough. */
public abstract class BadInputBodyContract {

  protected abstract SluiceServer server();

  @Test
  void eachItemOfABulkIsRefusedByItself() {
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
        assertThat(BadInputContract.outermost(results.get(i).at("/field").asText()))
            .as(some.get(i))
            .isEqualTo(fields.get(start + i).name());
      }
    }
  }

  @Test
  void eachCallIsSentEachWrongBody() {
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
          BadInputContract.shortened(what)
              + " "
              + problem
              + ": "
              + answer.status()
              + " "
              + BadInputContract.shortened(answer.body()));
    }
  }
}
