package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files can't grow: the process ends and says why. With room again all acknowledged work is there.
 */
@Timeout(180)
class FullDiskIT {

  /** Blocks of 1,024 bytes: less than is enqueued, more than an empty data directory takes. */
  private static final int MOST_BLOCKS = 6 * 1024;

  private static final int MOST_ITEMS = 200;

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aFullDiskEndsTheProcessAndLosesNothingThatWasAcknowledged() throws Exception {
    Launch cramped = Launch.jar().after("ulimit -f " + MOST_BLOCKS);
    List<String> acknowledged = new ArrayList<>();
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, cramped, FleetCalls.ENVIRONMENT, "backend.type=embedded")) {
      String next = "disk-0";
      while (acknowledged.size() < MOST_ITEMS && enqueued(sluice, next)) {
        acknowledged.add(next);
        next = "disk-" + acknowledged.size();
      }

      assertThat(sluice.exitCode()).isEqualTo(3);
      assertThat(sluice.lastLine()).startsWith("Sluice ends: ").contains("journal");
      assertThat(acknowledged).hasSizeBetween(1, MOST_ITEMS - 1);
    }
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, FleetCalls.ENVIRONMENT, "backend.type=embedded")) {
      FleetCalls calls = new FleetCalls(sluice.url());
      for (String id : acknowledged) {
        assertThat(calls.knows(id)).as(id).isTrue();
      }
      calls.enqueue("default", List.of("with-room"));
    }
  }

  /** True if answered with 201; false also if the process ended first. */
  private boolean enqueued(SluiceProcess sluice, String id) throws InterruptedException {
    String item = "{\"sessionId\":\"%s\",\"prompt\":\"%s\"}".formatted(id, "x".repeat(100_000));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sluice.url() + "/api/work"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + FleetCalls.PRODUCER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(item))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 201;
    } catch (IOException e) {
      return false;
    }
  }
}
