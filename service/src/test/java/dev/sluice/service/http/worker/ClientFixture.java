package dev.sluice.service.http.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Shape;
import dev.sluice.service.http.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One call of one client, from {@code fixtures/<client>/<call>.json}: its request, and what it
 * decodes of the answer. {@code {worker}}, {@code {session}}, {@code {project}}, {@code
 * {publicId}}, {@code {message}} and {@code {registrationToken}} are filled in.
 *
 * @param client folder
 * @param call file name without its ending
 * @param registersAs the client whose {@code register.json} made the worker
 * @param given the state before: {@link Scene}
 * @param credential {@code legacy}, {@code registration}, {@code runtime}, {@code user} or {@code
 *     none}
 * @param body exact; null for none
 * @param decodes members of the answer by JSON pointer, each with its {@link Shape}
 */
record ClientFixture(
    String client,
    String call,
    String registersAs,
    Scene.Given given,
    String credential,
    String method,
    String path,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> decodes) {

  private static final String ITEM = "item.json";

  static List<ClientFixture> all() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".json") && !file.endsWith(ITEM))
          .sorted()
          .map(ClientFixture::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClientFixture of(String client, String call) {
    return read(root().resolve(client).resolve(call + ".json"));
  }

  /** A work item with a member of every decoded kind. */
  static String item() {
    return text(root().resolve(ITEM)).strip();
  }

  /** The name in reports. */
  String name() {
    return client + "/" + call;
  }

  private static ClientFixture read(Path file) {
    JsonNode json = StrictJson.read(text(file));
    String client = file.getParent().getFileName().toString();
    return new ClientFixture(
        client,
        file.getFileName().toString().replace(".json", ""),
        json.path("registersAs").asText(client),
        Scene.Given.valueOf(json.at("/given").asText().toUpperCase(Locale.ROOT)),
        json.at("/credential").asText(),
        json.at("/method").asText(),
        json.at("/path").asText(),
        texts(json.at("/headers")),
        json.has("body") ? json.get("body").toString() : null,
        json.at("/status").asInt(),
        texts(json.at("/decodes")));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.fields().forEachRemaining(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static Path root() {
    try {
      return Path.of(ClientFixture.class.getResource("/fixtures").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
