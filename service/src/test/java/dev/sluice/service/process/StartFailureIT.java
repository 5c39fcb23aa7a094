package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Launch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StartFailureIT {

  private static final Launch LAUNCH = Launch.of(DoomedSluice.class);

  @TempDir Path directory;

  @Test
  void aDataDirectoryInUse() throws Exception {
    try (SluiceProcess first = SluiceProcess.start(directory, LAUNCH, FleetCalls.ENVIRONMENT)) {
      assertRefused("in use by another Sluice process");
      assertThat(first.lastLine()).doesNotContain("Exception");
    }
  }

  @Test
  void aPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      assertRefused(
          ":" + taken.getLocalPort() + ": Address already in use",
          "server.applicationConnectors[0].bindHost=0.0.0.0",
          "server.applicationConnectors[0].port=" + taken.getLocalPort());
    }
  }

  @Test
  void aJournalThatCanNotBeRead() throws Exception {
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/sluice.db"), "a".repeat(10_000));
    assertRefused("sluice.db can't be read");
  }

  @Test
  void aDurationWithoutUnit() throws Exception {
    assertRefused("timing.lease: must be a duration with its unit, like 180s", "timing.lease=5");
  }

  @Test
  void anUnknownStore() throws Exception {
    assertRefused(
        "backend.type: sqlite is unknown; write one of: embedded, hazelcast, memory, redis",
        "backend.type=sqlite");
  }

  @Test
  void aClusterOfTheEmbeddedStore() throws Exception {
    assertRefused(
        "write backend.type: hazelcast for the cluster, or remove the cluster",
        "backend.type=embedded",
        "backend.hazelcast.cluster.members=10.0.0.1");
  }

  @Test
  void aSettingOfTheEmbeddedStore() throws Exception {
    assertRefused(
        "backend.embedded.durable is no setting: the embedded store always keeps a journal",
        "backend.type=embedded",
        "backend.embedded.durable=false");
  }

  @Test
  void aJournalOfACluster() throws Exception {
    assertRefused(
        "Remove durable, or write backend.type: embedded",
        "backend.type=hazelcast",
        "backend.hazelcast.durable=true",
        "backend.hazelcast.cluster.members=127.0.0.1");
  }

  @Test
  void aHazelcastMemberWithSettingsOfTheEmbeddedStore() throws Exception {
    assertRefused(
        "remove backend.embedded, or write backend.type: embedded",
        "backend.type=hazelcast",
        "backend.embedded.durable=true",
        "backend.hazelcast.cluster.members=127.0.0.1");
  }

  /** It is made while the server already takes calls. */
  @Test
  void anApiThatCanNotBeMade() throws Exception {
    assertRefused(LAUNCH.with("-Ddoomed.start=true"), "no feature for ");
  }

  private void assertRefused(String why, String... overrides) throws InterruptedException {
    assertRefused(LAUNCH, why, overrides);
  }

  private void assertRefused(Launch launch, String why, String... overrides)
      throws InterruptedException {
    try (SluiceProcess refused =
        SluiceProcess.refused(directory, launch, FleetCalls.ENVIRONMENT, overrides)) {
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(refused.output())
          .filteredOn(line -> line.startsWith("Sluice doesn't start: "))
          .singleElement()
          .asString()
          .contains(why);
    }
  }
}
