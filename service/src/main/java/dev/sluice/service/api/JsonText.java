package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.service.errors.ApiException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Slices a text of JSON into the members of its objects. */
final class JsonText {

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // The table of names is shared by all calls: names made to collide would fill it for
          // others.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build())
          .build();

  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

  private static final String NULL = "null";

  private static final char REPLACED = '\ufffd';

  private final String text;
  private List<Optional<JsonBody>> objects = List.of();

  JsonText(String text) {
    this.text = text;
  }

  static String utf8(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACED) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.malformed("The body must be UTF-8");
    }
  }

  /**
   * @param list a member whose elements are read too, up to one more than {@code max}
   */
  JsonBody body(@Nullable String list, int max) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAnObject();
      }
      Map<String, String> members = members(parser, list, max);
      if (parser.nextToken() != null) {
        throw ApiException.malformed("The body must be a single JSON object");
      }
      return new JsonBody(text.strip(), members, objects);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw ApiException.malformed("Malformed JSON");
    }
  }

  /**
   * Puts values in place of the nulls of an object, and removes them from the map.
   *
   * @param object parsed before
   */
  static void replaceNulls(StringBuilder object, Map<String, String> values) {
    int moved = 0;
    try (JsonParser parser = FACTORY.createParser(object.toString())) {
      parser.nextToken();
      while (!values.isEmpty() && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_NULL && values.containsKey(name)) {
          String value = String.valueOf(values.remove(name));
          int at = start(parser) + moved;
          object.replace(at, at + NULL.length(), value);
          moved += value.length() - NULL.length();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // impossible: it was parsed before
    }
  }

  static ApiException notAnObject() {
    return ApiException.malformed("The body must be a JSON object");
  }

  /** Up to one more than {@code max}, of an array that was parsed before. */
  static List<String> elements(String array, int max) {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(array)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY && elements.size() <= max) {
        elements.add(slice(array, parser));
      }
      return elements;
    } catch (IOException e) {
      throw new IllegalStateException(e); // impossible: it was parsed before
    }
  }

  /**
   * True if the numbers at any depth fit a double, since most clients reject others.
   *
   * @param json parsed before
   */
  static boolean isFinite(String json) {
    if (json.startsWith("\"") || PlainJson.isSmallInteger(json)) {
      return true;
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric() && !fitsDouble(parser.getText())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // not reached: it was parsed before
    }
  }

  private static boolean fitsDouble(String number) {
    if (number.length() < 300 && number.indexOf('e') < 0 && number.indexOf('E') < 0) {
      return true;
    }
    try {
      return Double.isFinite(new BigDecimal(number).doubleValue());
    } catch (NumberFormatException e) {
      return false; // an exponent of more than ten digits, which Jackson can't read either
    }
  }

  private Map<String, String> members(JsonParser parser, @Nullable String list, int max)
      throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      boolean listed = parser.nextToken() == JsonToken.START_ARRAY && name.equals(list);
      members.put(name, listed ? objects(parser, max) : slice(text, parser));
    }
    return members;
  }

  private String objects(JsonParser parser, int max) throws IOException {
    int start = start(parser);
    objects = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean object = parser.currentToken() == JsonToken.START_OBJECT && objects.size() <= max;
      int from = start(parser);
      if (object) {
        Map<String, String> members = members(parser, null, 0);
        objects.add(Optional.of(new JsonBody(upTo(parser, from), members, List.of())));
      } else {
        parser.skipChildren();
        if (objects.size() <= max) {
          objects.add(Optional.empty());
        }
      }
    }
    return upTo(parser, start);
  }

  private String upTo(JsonParser parser, int from) {
    return text.substring(from, (int) parser.currentLocation().getCharOffset());
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private static String slice(String text, JsonParser parser) throws IOException {
    int start = start(parser);
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      parser.finishToken();
    }
    // A number's end is only known when the parser has seen what follows; its own text is as long.
    int end =
        parser.currentToken().isNumeric()
            ? start + parser.getTextLength()
            : (int) parser.currentLocation().getCharOffset();
    return text.substring(start, end);
  }

  private static String path(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    append(path, parser.getParsingContext());
    return path.toString();
  }

  private static void append(StringBuilder path, JsonStreamContext at) {
    if (at.getParent() != null) {
      append(path, at.getParent());
    }
    if (at.inArray()) {
      path.append('[').append(at.getCurrentIndex()).append(']');
    } else if (at.inObject()) {
      path.append(path.isEmpty() ? "" : ".").append(at.getCurrentName());
    }
  }

  private static ApiException malformed(JsonProcessingException problem) {
    Matcher duplicate = DUPLICATE.matcher(problem.getOriginalMessage());
    if (duplicate.find()) {
      String member =
          problem.getProcessor() instanceof JsonParser parser ? path(parser) : duplicate.group(1);
      return ApiException.invalid(member, "is given more than once");
    }
    JsonLocation at = problem.getLocation();
    return ApiException.malformed(
        at == null
            ? "Malformed JSON"
            : "Malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }
}
