package dev.sluice.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.admin.AdminServer;
import dev.sluice.admin.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A page that is kept up to date as live.js does it, but for its age. */
public final class OpenPage {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AdminServer server;
  private final String path;
  private final Visitor visitor;
  private String name = "";
  private String text = "";

  OpenPage(AdminServer server, String path, Visitor visitor) {
    this.server = server;
    this.path = path;
    this.visitor = visitor;
  }

  String text() {
    return text;
  }

  /** Returns the bytes of the answer with its header. */
  long update() throws Exception {
    HttpResponse<byte[]> answer =
        HTTP.send(
            server
                .request(path, visitor)
                .header("Sluice-Page", name)
                .header("Accept-Encoding", "gzip")
                .GET()
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    if (answer.body().length == 0) {
      return header(answer);
    }
    String body = plain(answer.body());
    boolean patch =
        answer.headers().firstValue("Content-Type").orElseThrow().equals("application/json");
    text = patch ? patched(text, body) : body;
    name = answer.headers().firstValue("Sluice-Page").orElseThrow();
    return header(answer) + answer.body().length;
  }

  static long header(HttpResponse<?> answer) {
    long lines =
        answer.headers().map().entrySet().stream()
            .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + ": " + value))
            .mapToLong(line -> line.length() + 2)
            .sum();
    return "HTTP/1.1 200 OK\r\n\r\n".length() + lines;
  }

  private static String plain(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static String patched(String before, String patch) {
    String[] pieces = before.split("(?=<)");
    StringBuilder text = new StringBuilder();
    try {
      for (JsonNode part : JSON.readTree(patch).get("parts")) {
        if (part.isTextual()) {
          text.append(part.textValue());
        } else {
          for (int i = part.get(0).intValue(); i < part.get(1).intValue(); i++) {
            text.append(pieces[i]);
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
