package dev.sluice.service.http.openapi;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.openapi.OpenApiDocument;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Requests made from the document: mostly right, wrong in one place or more. The same seed makes
 * the same request, except for the scene's ids.
 */
final class OpenApiRequests {

  /** Already encoded. */
  private static final List<String> HOSTILE_IDS =
      List.of(
          "%00",
          "%0a",
          "%ff",
          "%C3%BC",
          "%F0%9F%92%A5",
          "%2F",
          "..%2F..",
          "%25",
          "%5C",
          "%3Ba=b",
          "a%20b",
          "x".repeat(257),
          "x".repeat(3_000),
          "%25u0041",
          "%7Bid%7D",
          "~",
          "0");

  private static final List<String> HOSTILE_HEADERS =
      List.of(
          "", "abc", "-1", "0", "99999999999999999999", "1.5", "\u00e9", "x".repeat(2_000), "a, b");

  private static final List<String> CONTENT_TYPES =
      List.of(
          "text/plain",
          "application/json; charset=utf-8",
          "application/json; charset=utf-16",
          "application/xml",
          "garbage",
          "*/*");

  private static final List<String> ACCEPTS =
      List.of("*/*", "text/html", "application/xml", "application/json;q=0", "garbage");

  private final OpenApiDocument document;
  private final List<OpenApiCall> calls;
  private final List<String> others;

  OpenApiRequests(OpenApiDocument document, List<OpenApiCall> calls, List<String> others) {
    this.document = document;
    this.calls = calls;
    this.others = List.copyOf(others);
  }

  record Request(
      OpenApiCall call,
      String path,
      @Nullable String bearer,
      @Nullable String body,
      Map<String, String> headers) {

    Answer send(SluiceServer server) {
      return server.call(call.operation().method(), path, bearer, body, headers);
    }

    String curl(String url) {
      StringBuilder line = new StringBuilder("curl -i -X ").append(call.operation().method());
      Map<String, String> all = new LinkedHashMap<>(headers);
      if (bearer != null) {
        all.put("Authorization", "Bearer " + bearer);
      }
      if (body != null) {
        all.putIfAbsent("Content-Type", "application/json");
      }
      all.forEach((name, value) -> line.append(" -H ").append(quoted(name + ": " + value)));
      if (body != null) {
        line.append(" --data-binary ").append(quoted(body));
      }
      return line.append(' ').append(quoted(url + path)).toString();
    }

    private static String quoted(String text) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
  }

  Request of(long seed, OpenApiScene scene) {
    Random random = new Random(seed);
    random.nextInt(); // the first ones of seeds that stand side by side are much alike
    double wrong = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.2;
    OpenApiValues values = new OpenApiValues(document, random, wrong);
    OpenApiCall call = calls.get(random.nextInt(calls.size()));
    boolean right = random.nextDouble() >= wrong;
    return new Request(
        call,
        path(call, scene, values, random, wrong),
        random.nextInt(5) == 0
            ? values.pick(others)
            : right ? call.bearer(scene) : bearer(scene, values),
        call.hasBody()
            ? scene.fill(body(call, values, random, wrong))
            : random.nextInt(9) == 0 ? "{}" : null,
        headers(call, values, random, wrong));
  }

  private String path(
      OpenApiCall call, OpenApiScene scene, OpenApiValues values, Random random, double wrong) {
    String path = call.operation().path();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : call.parameters()) {
      String name = parameter.path("name").asText();
      boolean bad = random.nextDouble() < wrong;
      if (parameter.path("in").asText().equals("path")) {
        String id = bad ? values.pick(HOSTILE_IDS) : scene.fill(parameter.path("example").asText());
        path = path.replace("{" + name + "}", id);
      } else if (parameter.path("in").asText().equals("query")
          && (parameter.path("required").asBoolean() || random.nextBoolean())) {
        String example = parameter.path("example").asText();
        if (name.equals("wait")) {
          query.add(
              "wait=" + (bad ? values.pick(HOSTILE_IDS) : "0")); // what waits is tested elsewhere
          continue;
        }
        String value =
            bad || example.isEmpty() ? values.value(parameter.path("schema")) : scene.fill(example);
        query.add(name + "=" + (bad ? values.pick(HOSTILE_IDS) : encoded(value)));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String encoded(String json) {
    String text = json.length() > 1_000 ? json.substring(0, 1_000) : json;
    return URLEncoder.encode(text.replace("\"", ""), StandardCharsets.UTF_8);
  }

  private static @Nullable String bearer(OpenApiScene scene, OpenApiValues values) {
    return values.pick(
        Arrays.asList(
            null,
            "",
            "nobody",
            "rsk_live_nobody",
            "a.b.c",
            "stub.x.y.z",
            "eyJhbGciOiJub25lIn0.e30.",
            "x".repeat(5_000),
            API_KEY,
            REGISTRATION_TOKEN,
            LEGACY_KEY,
            scene.worker().token()));
  }

  private static String body(OpenApiCall call, OpenApiValues values, Random random, double wrong) {
    JsonNode content = call.operation().node().at("/requestBody/content/application~1json");
    String body =
        random.nextInt(4) == 0 ? values.pick(call.bodies()) : values.value(content.path("schema"));
    return random.nextDouble() < wrong ? spoiled(body, values, random) : body;
  }

  private static String spoiled(String body, OpenApiValues values, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> body.substring(0, random.nextInt(body.length() + 1));
      case 1 -> body + body;
      case 2 -> "\ufeff" + body;
      case 3 -> "[" + body + "]";
      case 4 -> values.hostile();
      case 5 -> "";
      case 6 -> body.replace(':', ',');
      case 7 -> " \n" + body + "\t".repeat(random.nextInt(300_000));
      default -> body.replace("\"", "'");
    };
  }

  private static Map<String, String> headers(
      OpenApiCall call, OpenApiValues values, Random random, double wrong) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : call.parameters()) {
      if (parameter.path("in").asText().equals("header") && random.nextDouble() < wrong) {
        headers.put(parameter.path("name").asText(), values.pick(HOSTILE_HEADERS));
      }
    }
    if (random.nextDouble() < wrong / 2) {
      headers.put("Content-Type", values.pick(CONTENT_TYPES));
    }
    if (random.nextDouble() < wrong / 2) {
      headers.put("Accept", values.pick(ACCEPTS));
    }
    return headers;
  }
}
