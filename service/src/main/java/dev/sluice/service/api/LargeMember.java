package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;

/** A member that is passed over, so that no copy of it is made, and repeated names do no harm. */
final class LargeMember {

  private static final JsonFactory FACTORY =
      JsonText.FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private LargeMember() {}

  /** Empties the object or array in a member of the body. Returns a malformed body as it is. */
  static byte[] empty(String member, byte[] body) {
    Reader text = new InputStreamReader(new ByteArrayInputStream(body), UTF_8);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return body;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(member);
        boolean filled = parser.nextToken().isStructStart();
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (found && filled) {
          int from = byteAt(body, 0, start + 1);
          long inside = parser.currentLocation().getCharOffset() - start - 2;
          return cut(body, from, byteAt(body, from, inside));
        }
      }
      return body;
    } catch (IOException malformed) {
      return body;
    }
  }

  /** Returns the place so many UTF-16 characters behind another one. */
  private static int byteAt(byte[] body, int from, long chars) {
    int at = from;
    for (long left = chars; left > 0 && at < body.length; at++) {
      int lead = body[at] & 0xff;
      boolean continued = lead >= 0x80 && lead < 0xc0;
      left -= continued ? 0 : lead < 0xf0 ? 1 : 2;
    }
    while (at < body.length && (body[at] & 0xc0) == 0x80) {
      at++;
    }
    return at;
  }

  private static byte[] cut(byte[] body, int from, int to) {
    return ByteBuffer.allocate(from + body.length - to)
        .put(body, 0, from)
        .put(body, to, body.length - to)
        .array();
  }
}
