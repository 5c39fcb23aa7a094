package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The other server's JSON: an absent member, null, and one of a wrong type are the same. */
final class Json {

  /** Times below are in seconds; the other server mixes the units. */
  private static final double FIRST_MS = 1e11;

  /** The end of the year 9999, the last that all clients can write. */
  static final long LAST_MS = 253_402_300_799_999L;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private Json() {}

  /** Returns null for a text that is no JSON object, or has a member twice. */
  static @Nullable ObjectNode object(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static @Nullable String text(ObjectNode object, String member) {
    JsonNode value = object.get(member);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  /** Returns the text if it is a valid id or name. */
  static @Nullable String name(ObjectNode object, String member) {
    String text = text(object, member);
    return text != null && Names.problem(text) == null ? text : null;
  }

  /** Returns NaN for none. */
  static double number(ObjectNode object, String member) {
    JsonNode value = object.get(member);
    return value != null && value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** Returns -1 for none, and for one that is negative or has a fraction. */
  static long count(ObjectNode object, String member) {
    double number = number(object, member);
    return number >= 0 && number <= Long.MAX_VALUE / 2 && number == Math.rint(number)
        ? (long) number
        : -1;
  }

  /** Returns epoch ms, whichever the unit; 0 for none. */
  static long time(ObjectNode object, String member) {
    return time(number(object, member));
  }

  static long time(double number) {
    double ms = number < FIRST_MS ? number * 1000 : number;
    return ms > 0 && ms <= LAST_MS ? (long) ms : 0;
  }

  /** True if the number is whole, also for clients that read no fraction and no exponent. */
  static boolean isInteger(ObjectNode object, String member) {
    JsonNode value = object.get(member);
    return value != null && value.isIntegralNumber() && value.canConvertToLong();
  }

  /** Lone surrogates, which UTF-8 can't hold, are written as escapes. */
  static String write(ObjectNode object) {
    String text = object.toString();
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text;
    }
    try {
      return MAPPER
          .writer()
          .with(JsonGenerator.Feature.ESCAPE_NON_ASCII)
          .writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree can be written
    }
  }
}
