package dev.sluice.service.process;

import dev.sluice.service.process.SluiceProcess.Build;
import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Service nodes with embedded members of one cluster, each in its own process. */
final class ClusterNodes {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final Path directory;
  private final List<Integer> ports;

  ClusterNodes(Path directory, int size) {
    this.directory = directory;
    ports = IntStream.range(0, size).mapToObj(i -> SluiceProcess.freePort()).toList();
  }

  /** Starts all at once, each on a thread of its own, since none serves before all are there. */
  List<SluiceProcess> startAll(Build build, String... settings) {
    ExecutorService starters = Executors.newFixedThreadPool(ports.size());
    try {
      List<CompletableFuture<SluiceProcess>> started =
          IntStream.range(0, ports.size())
              .mapToObj(
                  index ->
                      CompletableFuture.supplyAsync(() -> start(index, build, settings), starters))
              .toList();
      return started.stream().map(CompletableFuture::join).toList();
    } finally {
      starters.shutdown();
    }
  }

  SluiceProcess start(int index, Build build, String... settings) {
    List<String> overrides = new ArrayList<>(List.of(settings));
    overrides.add("backend.type=hazelcast");
    overrides.add("backend.hazelcast.cluster.port=" + ports.get(index));
    SluiceProcess node =
        SluiceProcess.start(
            directory,
            clustered(index, build.config()),
            Launch.jar(build),
            FleetCalls.ENVIRONMENT,
            overrides.toArray(String[]::new));
    System.out.printf("Member %d runs as process %d%n", index + 1, node.pid());
    return node;
  }

  private Path clustered(int index, Path config) {
    String members =
        ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    try {
      String shipped = Files.readString(config);
      String clustered =
          shipped.replace(
              "  hazelcast: {}",
              "  hazelcast: {cluster: {secret: \""
                  + SECRET
                  + "\", members: ["
                  + members
                  + "], port: 0}}");
      return Files.writeString(directory.resolve("cluster-" + index + ".yml"), clustered);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all members are there with their copies. */
  static void awaitCopies(Collection<SluiceProcess> nodes)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    for (SluiceProcess node : nodes) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + node.adminPort() + "/healthcheck"))
              .build();
      String health;
      do {
        TimeUnit.MILLISECONDS.sleep(50); // the members have the processors
        health = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      } while (health.contains("members are there")
          || health.contains("second copy")
          || health.contains("serves nothing"));
    }
  }
}
