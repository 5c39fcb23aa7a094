package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.bench.wire.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a poll answer that the checks need. {@code tokens} is null if the server returns
 * none.
 */
record BenchPoll(
    List<Item> work,
    boolean preClaimed,
    List<String> claimedSessionIds,
    @Nullable Map<String, Long> tokens) {

  public record Item(String sessionId, long priority, long queuedAt) {

    private static final long BAND = 10_000_000_000_000L;

    /** The order of hand-out, as docs/protocol.md states it: lowest first. */
    public long score() {
      return Math.max(Math.min(priority, 9), 1) * BAND + queuedAt;
    }
  }

  public static BenchPoll parse(byte[] body) throws IOException {
    List<Item> work = List.of();
    List<String> claimed = List.of();
    boolean preClaimed = false;
    Map<String, Long> tokens = null;
    try (JsonParser json = WireJson.parser(body)) {
      WireJson.expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "work" -> work = items(json);
          case "claimedSessionIds" -> claimed = strings(json);
          case "preClaimed" -> preClaimed = value == JsonToken.VALUE_TRUE;
          case "claims" -> tokens = tokens(json);
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IOException("the answer to a poll can't be read: " + e.getMessage(), e);
    }
    return new BenchPoll(work, preClaimed, claimed, tokens);
  }

  private static List<Item> items(JsonParser json) throws IOException {
    array(json, "work");
    List<Item> items = new ArrayList<>(5);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String id = null;
      long priority = -1;
      long queuedAt = -1;
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "sessionId" -> id = WireJson.text(json, name);
          case "priority" -> priority = WireJson.integer(json, name);
          case "queuedAt" -> queuedAt = WireJson.integer(json, name);
          default -> json.skipChildren();
        }
      }
      if (id == null || priority < 0 || queuedAt < 0) {
        throw new IOException("a work item lacks sessionId, priority or queuedAt");
      }
      items.add(new Item(id, priority, queuedAt));
    }
    return items;
  }

  private static List<String> strings(JsonParser json) throws IOException {
    array(json, "claimedSessionIds");
    List<String> strings = new ArrayList<>(5);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      strings.add(WireJson.text(json, "claimedSessionIds"));
    }
    return strings;
  }

  private static void array(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException(name + " must be an array and is " + json.currentToken());
    }
  }

  /** {@code {sessionId: {token, acceptBy}}} */
  private static Map<String, Long> tokens(JsonParser json) throws IOException {
    Map<String, Long> tokens = new HashMap<>();
    for (String id = json.nextFieldName(); id != null; id = json.nextFieldName()) {
      WireJson.expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("token")) {
          tokens.put(id, WireJson.integer(json, name));
        } else {
          json.skipChildren();
        }
      }
    }
    return tokens;
  }
}
