package dev.sluice.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A scenario of clients/conformance.
 *
 * @param everywhere whether it also runs on servers with a store, which have no clock and no faults
 */
record Scenario(String name, boolean everywhere, List<Map<String, Object>> steps) {

  private static final Path FOLDER = Path.of("../conformance");

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        for (Object each : (List<?>) Json.read(Files.readString(file))) {
          all.add(of(Json.object(each)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Scenario of(Map<String, Object> json) {
    List<Map<String, Object>> steps = new ArrayList<>();
    Json.list(json, "steps").forEach(step -> steps.add(Json.object(step)));
    return new Scenario(
        Json.text(json, "name"), Boolean.TRUE.equals(json.get("everywhere")), steps);
  }
}
