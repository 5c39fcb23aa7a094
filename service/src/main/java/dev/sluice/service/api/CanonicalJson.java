package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

public final class CanonicalJson {

  private static final ObjectMapper MAPPER =
      // No table of names shared by all calls: names made to collide would fill it for others.
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          // Lone surrogates, which UTF-8 can't hold, stay apart as escapes.
          .configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true)
          .build();

  private CanonicalJson() {}

  /**
   * SHA-256 in base64url, independent of the order of members and of white space; 400 for a number
   * out of range.
   */
  public static String hash(JsonBody body) {
    try {
      String canonical = canonical(body);
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (JsonProcessingException e) {
      throw ApiException.malformed("Malformed JSON: " + e.getOriginalMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static String canonical(JsonBody body) throws JsonProcessingException {
    StringBuilder canonical = new StringBuilder(body.text().length() + 2).append('{');
    for (Map.Entry<String, String> member : new TreeMap<>(body.members()).entrySet()) {
      canonical
          .append(canonical.length() == 1 ? "" : ",")
          .append(name(member.getKey()))
          .append(':')
          .append(canonical(member.getValue()));
    }
    return canonical.append('}').toString();
  }

  private static String name(String name) throws JsonProcessingException {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return MAPPER.writeValueAsString(name);
      }
    }
    return '"' + name + '"';
  }

  private static String canonical(String json) throws JsonProcessingException {
    return PlainJson.isSmallInteger(json) && !json.equals("-0")
            || PlainJson.isText(json) && ascii(json)
        ? json
        : MAPPER.writeValueAsString(MAPPER.readValue(json, Object.class));
  }

  private static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** True if both have the same form of RFC 8785, as Go makes it. */
  public static boolean equal(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.doubleValue() == b.doubleValue(); // 0 and -0 too
    }
    if (a.isTextual() && b.isTextual()) {
      return inGo(a.textValue()).equals(inGo(b.textValue()));
    }
    if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
      return false;
    }
    if (a.isArray()) {
      for (int i = 0; i < a.size(); i++) {
        if (!equal(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (!a.isObject()) {
      return a.equals(b);
    }
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      JsonNode other = b.get(member.getKey());
      if (other == null || !equal(member.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /** Go reads a lone surrogate as U+FFFD. */
  private static String inGo(String text) {
    StringBuilder replaced = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        replaced = replaced == null ? new StringBuilder(text) : replaced;
        replaced.setCharAt(i, '\ufffd');
      }
    }
    return replaced == null ? text : replaced.toString();
  }
}
