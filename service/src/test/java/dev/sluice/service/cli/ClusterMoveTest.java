package dev.sluice.service.cli;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster keeps its signing secret in memory; a file of each member has it for a move. */
@Timeout(120)
class ClusterMoveTest {

  @TempDir private Path directory;

  @Test
  void workersOfAClusterKeepTheirTokens() throws Exception {
    Path data = directory.resolve("member");
    int port = freePort();
    int other = freePort();
    // the first start of a cluster needs all members
    CompletableFuture<SluiceServer> second =
        CompletableFuture.supplyAsync(() -> member(port, other, other, directory.resolve("other")));
    try (SluiceServer source = member(port, other, port, data);
        SluiceServer beside = second.join()) {
      assertThat(beside.get("/api/me", API_KEY).status()).isEqualTo(200);
      TestWorker worker = source.register("{\"hostname\":\"h\",\"capacity\":1}");
      source.enqueue("{\"sessionId\":\"s-1\",\"prompt\":\"p\"}");
      assertThat(TestWorker.claimed(worker.poll())).containsExactly("s-1");
      Path key = data.resolve("cluster-signing.key");
      while (!Files.exists(key)) {
        Thread.sleep(50); // the first sweep writes it, and nothing tells when
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      String secret = Files.readString(key).strip();

      try (SluiceServer target = SluiceServer.start("memory")) {
        Outcome refused = move(source, target, "--dry-run");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("cluster-signing.key");
      }
      try (SluiceServer target =
          SluiceServer.start("memory", "credentials.previousJwtSecrets=" + secret)) {
        assertThat(move(source, target, "--dry-run").code()).isZero();
        Outcome moved = move(source, target);

        assertThat(moved.code()).as(moved.err()).isZero();
        TestWorker there = new TestWorker(target, worker.id(), worker.token());
        assertThat(there.report("s-1", "running").status()).isEqualTo(200);
        assertThat(there.report("s-1", "completed").status()).isEqualTo(200);
      }
    }
  }

  private Outcome move(SluiceServer source, SluiceServer target, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--from", source.url(), "--to", target.url()));
    return new TypedCommand(
            around -> new MoveCommand(around, ms -> {}, System::nanoTime),
            directory.resolve("none"))
        .environment(Map.of("SLUICE_API_KEY", API_KEY, "SLUICE_TO_API_KEY", API_KEY))
        .run(arguments.toArray(String[]::new));
  }

  private SluiceServer member(int first, int second, int own, Path data) {
    try {
      String block =
          "  hazelcast: {cluster: {members: [\"127.0.0.1:%d\", \"127.0.0.1:%d\"], port: %d}}";
      String shipped = Files.readString(Path.of("../config.yml"));
      assertThat(shipped).contains("  hazelcast: {}");
      Path config =
          Files.writeString(
              directory.resolve(own + ".yml"),
              shipped.replace("  hazelcast: {}", block.formatted(first, second, own)));
      return SluiceServer.start(
          SluiceApplication.class,
          config,
          "hazelcast",
          "dataDirectory=" + data,
          "credentials.jwtSecret=");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
