package dev.sluice.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  /** The whole value, read and written again. Stored hashes were made so. */
  private static final ObjectMapper WHOLE =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"b\":1,\"a\":\"text\"}",
        "{ \"b\" : -1 , \"a\" : \"\" , \"c\" : [ 1 , 2.50 , { \"z\" : 1 , \"y\" : null } ] }",
        "{\"a\":-0,\"b\":0,\"c\":1e3,\"d\":1.0,\"e\":123456789012345678,\"f\":12345678901234567890}",
        "{\"a\":true,\"b\":false,\"c\":null,\"d\":999999999999999999,\"e\":-999999999999999999}",
        "{\"a\":\"line\\nbreak\",\"b\":\"\\u0041\\/\",\"c\":\"\\ud83d\\ude00 \\ud83d\"}",
        "{\"a\":\"\u00e9 \ud83d\ude00\",\"\u00e9\":\"k\",\"k\\n\":\"x\",\"k\\\"\":1,\"\":2}",
        "{\"a\":\"/ \u007f < > & '\",\"A\":1,\"aa\":2,\"\ue000\":3,\"\ud83d\ude00\":4}"
      })
  void hashesAsTheWholeValue(String json) throws Exception {
    assertThat(CanonicalJson.hash(JsonBody.parse(json))).isEqualTo(whole(json));
  }

  @Test
  void ignoresOrderAndWhiteSpace() {
    assertThat(CanonicalJson.hash(JsonBody.parse("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}")))
        .isEqualTo(CanonicalJson.hash(JsonBody.parse(" { \"b\":{\"d\":3, \"c\":2},\"a\":1 } ")))
        .isNotEqualTo(CanonicalJson.hash(JsonBody.parse("{\"a\":\"1\",\"b\":{\"c\":2,\"d\":3}}")));
  }

  private static String whole(String json)
      throws JsonProcessingException, NoSuchAlgorithmException {
    String canonical = WHOLE.writeValueAsString(WHOLE.readValue(json, Object.class));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(canonical.getBytes(StandardCharsets.US_ASCII)));
  }
}
