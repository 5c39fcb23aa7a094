package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads answers like the strictest clients: Go refuses a repeated member, and ignores case, so the
 * later of two such members would replace the earlier.
 */
public final class StrictJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Members with ids as names: Go reads them as maps, by exact name. */
  private static final Set<String> MAPS = Set.of("inboxMessages", "claims");

  private StrictJson() {}

  /** The body, which must be a JSON object or array that every client reads alike. */
  public static JsonNode read(Answer answer) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    JsonNode root = read(answer.body());
    assertThat(root.isContainerNode()).as(answer.body()).isTrue();
    noTwins(root, "");
    return root;
  }

  /** Any JSON without repeated members at any depth. */
  public static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e.getOriginalMessage() + ": " + json, e);
    }
  }

  private static void noTwins(JsonNode node, String at) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    node.fields()
        .forEachRemaining(
            member -> {
              String twin = seen.put(member.getKey(), member.getKey());
              if (!MAPS.contains(at)) {
                assertThat(twin).as("%s has a twin of %s", at, member.getKey()).isNull();
              }
              noTwins(member.getValue(), member.getKey());
            });
    if (node.isArray()) {
      node.forEach(element -> noTwins(element, ""));
    }
  }
}
