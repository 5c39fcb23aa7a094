package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Build;
import dev.sluice.service.process.SluiceProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store under its former name, {@code hazelcast}, and under its own. */
@Timeout(300)
class FormerConfigIT {

  @TempDir Path directory;

  @Test
  void bothNamesOpenTheSameDataAndTheFormerOneSaysWhatToWrite() throws Exception {
    try (SluiceProcess former = start("{type: hazelcast, hazelcast: {durable: true}}")) {
      new FleetCalls(former.url()).enqueue("p", List.of("item"));
      assertThat(warnings(former))
          .singleElement()
          .asString()
          .contains("write backend.type: embedded, which opens the same data directory")
          .contains("and remove backend.hazelcast.durable");
      assertThat(former.terminate()).isZero();
    }
    try (SluiceProcess sluice = start("{type: embedded}")) {
      assertThat(new FleetCalls(sluice.url()).waiting("p", 2)).hasSize(1);
      assertThat(warnings(sluice)).isEmpty();
      assertThat(sluice.terminate()).isZero();
    }
    try (SluiceProcess former = start("{type: hazelcast}")) {
      assertThat(new FleetCalls(former.url()).waiting("p", 2)).hasSize(1);
      assertThat(warnings(former))
          .singleElement()
          .asString()
          .endsWith("write backend.type: embedded, which opens the same data directory");
    }
  }

  @Test
  void dataAndSettingsOfTheReleaseBeforeAreRead() throws Exception {
    Build before = PreviousRelease.get();
    try (SluiceProcess old =
        SluiceProcess.start(directory, Launch.jar(before), FleetCalls.ENVIRONMENT)) {
      new FleetCalls(old.url()).enqueue("p", List.of("item"));
      assertThat(old.terminate()).isZero();
    }
    try (SluiceProcess now =
        SluiceProcess.start(directory, before.config(), FleetCalls.ENVIRONMENT)) {
      assertThat(new FleetCalls(now.url()).waiting("p", 2)).containsExactly("item");
      assertThat(warnings(now))
          .singleElement()
          .asString()
          .endsWith("write backend.type: embedded, which opens the same data directory");
    }
  }

  @Test
  void oneHazelcastMemberServes() throws Exception {
    try (SluiceProcess former = start("{type: hazelcast, hazelcast: {durable: false}}")) {
      new FleetCalls(former.url()).enqueue("p", List.of("item"));
      assertThat(warnings(former))
          .singleElement()
          .asString()
          .contains("write backend.type: memory")
          .contains("backend.hazelcast.cluster.members: [127.0.0.1]");
    }
    try (SluiceProcess one =
        start("{type: hazelcast, hazelcast: {cluster: {members: [127.0.0.1]}}}")) {
      FleetCalls calls = new FleetCalls(one.url());
      assertThat(calls.waiting("p", 2)).as("of another member").isEmpty();
      calls.enqueue("p", List.of("item"));
      assertThat(calls.waiting("p", 2)).hasSize(1);
      assertThat(warnings(one)).isEmpty();
    }
    assertThat(directory.resolve("data/sluice.db")).doesNotExist();
  }

  private SluiceProcess start(String backend) throws Exception {
    String config =
        """
        backend: %s
        credentials:
          apiKey: ${SLUICE_API_KEY}
          registrationToken: ${SLUICE_REGISTRATION_TOKEN}
        server:
          applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
          adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
        """
            .formatted(backend);
    return SluiceProcess.start(
        directory,
        Files.writeString(directory.resolve("config.yml"), config),
        FleetCalls.ENVIRONMENT);
  }

  /** About the store; a busy machine may have others. */
  private static List<String> warnings(SluiceProcess sluice) {
    return sluice.output().stream()
        .filter(line -> line.startsWith("WARN ") && line.contains("backend."))
        .toList();
  }
}
