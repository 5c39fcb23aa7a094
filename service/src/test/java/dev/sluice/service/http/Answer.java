package dev.sluice.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;

public record Answer(int status, HttpHeaders headers, String body) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The body, which must be JSON: some clients parse every answer. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + status + " " + body, e);
    }
  }

  public String text(String pointer) {
    return json().at(pointer).asText();
  }
}
