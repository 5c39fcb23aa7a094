package dev.sluice.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class BadInputAnswers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private BadInputAnswers() {}

  /** Describes the fault of an answer to a wrong call; null if none. */
  public static @Nullable String problem(Answer answer) {
    if (answer.status() >= 500) {
      return "is the server's fault";
    }
    if (!answer.headers().firstValue("Cache-Control").equals(Optional.of("no-store"))) {
      return "may be stored";
    }
    if (answer.headers().firstValue("Content-Type").equals(Optional.of("application/x-ndjson"))) {
      return answer.status() == 200 ? null : "is an export and an error";
    }
    if (!answer.headers().firstValue("Content-Type").orElse("").equals("application/json")) {
      return "isn't declared as JSON";
    }
    if (answer.headers().firstValue("Server").isPresent()) {
      return "names the server";
    }
    try {
      JsonNode body = MAPPER.readTree(answer.body());
      if (answer.status() >= 400 && !hasWords(body)) {
        return "has no error or no message";
      }
    } catch (JsonProcessingException e) {
      return "isn't JSON";
    }
    return answer.body().contains("\tat ") || answer.body().contains("jetty")
        ? "shows the inside"
        : null;
  }

  /** In the shape of all errors, or in that of an issue tracker. */
  private static boolean hasWords(JsonNode body) {
    return body.at("/error").isObject()
        ? isText(body.at("/error/code")) && isText(body.at("/error/message"))
        : isText(body.at("/error")) && isText(body.at("/message"));
  }

  private static boolean isText(JsonNode member) {
    return !member.asText().isEmpty();
  }
}
