package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Launch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of a killed service is damaged: no start loses acknowledged work in silence. */
@Timeout(300)
class DamagedJournalIT {

  private static final int ITEMS = 40;

  @TempDir Path directory;

  @Test
  void aFlippedByteStopsTheStartUntilTheLossIsAccepted() throws Exception {
    byte[] log = killed();
    byte[] flipped = log.clone();
    flipped[log.length / 2] ^= 1;
    Files.write(log(), flipped);

    assertRefused("lacks acknowledged commits (");
    assertThat(journal(1)).startsWith("journal: journal ").contains("lacks acknowledged commits");
    assertThat(log()).as("refused starts change nothing").hasBinaryContent(flipped);

    Files.write(log(), log);
    assertThat(journal(0)).contains("nothing is known to be missing");
    assertThat(waiting()).as("with the log that was put back").isEqualTo(ITEMS);
  }

  @Test
  void aCutLogStopsTheStartUntilTheLossIsAccepted() throws Exception {
    byte[] log = killed();
    Files.write(log(), Arrays.copyOf(log, log.length / 2));

    assertRefused("journal config.yml --accept-loss");
    assertThat(journal(0, "--accept-loss")).contains("accepted");
    try (SluiceProcess sluice = start()) {
      HttpResponse<String> health =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + sluice.adminPort() + "/healthcheck"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("a loss was accepted on");
    }
  }

  private byte[] killed() throws Exception {
    try (SluiceProcess sluice = start()) {
      FleetCalls calls = new FleetCalls(sluice.url());
      for (String id : IntStream.range(0, ITEMS).mapToObj(i -> "item-" + i).toList()) {
        calls.enqueue("p", List.of(id));
      }
      sluice.kill();
    }
    return Files.readAllBytes(log());
  }

  private int waiting() throws Exception {
    try (SluiceProcess sluice = start()) {
      return new FleetCalls(sluice.url()).waiting("p", 100).size();
    }
  }

  private SluiceProcess start() {
    return SluiceProcess.start(directory, FleetCalls.ENVIRONMENT);
  }

  private void assertRefused(String why) throws InterruptedException {
    try (SluiceProcess refused =
        SluiceProcess.refused(directory, Launch.jar(), FleetCalls.ENVIRONMENT)) {
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output())
          .filteredOn(line -> line.startsWith("Sluice doesn't start: "))
          .singleElement()
          .asString()
          .contains(why);
    }
  }

  private String journal(int exitCode, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("journal"));
    arguments.add(SluiceProcess.BUILD.config().toString());
    arguments.addAll(List.of(options));
    Process process = CommandProcess.start(directory, arguments);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }

  private Path log() {
    return directory.resolve("data/sluice.db-wal");
  }
}
