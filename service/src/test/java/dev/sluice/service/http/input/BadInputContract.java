package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
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

  static String outermost(String path) {
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
          kept.contains("\"" + field.name() + "\":" + value.json()) || isCut(field, value)
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

  /** A session's cost counts up to {@code limits.maxSessionCostUsd}. */
  private static boolean isCut(BadInputField field, BadInputValue value) {
    return field.name().equals("totalCostUsd")
        && value.isNumber()
        && value.parsed() != null
        && value.parsed().doubleValue() > 10_000;
  }

  static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }
}
