package dev.sluice.bench.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Streaming JSON, because most of an answer is skipped. */
public final class WireJson {

  private static final JsonFactory JSON = new JsonFactory();

  private WireJson() {}

  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  public static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return JSON.createGenerator(out);
  }

  public static byte[] object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array takes everything
    }
    return bytes.toByteArray();
  }

  public static void expect(JsonParser json, JsonToken token) throws IOException {
    JsonToken next = json.nextToken();
    if (next != token) {
      throw new IOException("expected " + token + " and found " + next);
    }
  }

  public static String text(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException(name + " must be a string and is " + json.currentToken());
    }
    return json.getText();
  }

  public static long integer(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IOException(name + " must be an integer and is " + json.currentToken());
    }
    return json.getLongValue();
  }
}
