package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Service nodes with embedded members, each in its own process. One is killed while a fleet works
 * and comes back: nothing acknowledged is lost, nothing is handed out twice. Then members are
 * restarted one after the other, as in an upgrade.
 *
 * <p>The short form kills one of two, and of three one, which comes back before another is stopped.
 */
@Timeout(1_800)
class ClusterIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int KILLS = LONG ? 20 : 1;

  private static final int STOPS = LONG ? 3 : 1;

  /** A cluster waits for more members for 1 s before one joins, instead of 5. */
  private static final String JOIN_SOON = "-Dhazelcast.wait.seconds.before.join=1";

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  private final List<Integer> ports = new ArrayList<>();
  private final List<SluiceProcess> nodes = new ArrayList<>();

  @AfterEach
  void end() {
    nodes.forEach(SluiceProcess::kill);
  }

  @Test
  void aMemberOfTwoDies() throws Exception {
    startAll(2);
    for (int round = 1; round <= KILLS; round++) {
      leave(round, "Kill", SluiceProcess::kill);
      if (LONG) {
        comeBack(round);
      }
    }
  }

  @Test
  void aMemberOfThreeDiesAndThenTheOthersAreRestartedOneAfterTheOther() throws Exception {
    startAll(3);
    for (int round = 1; round <= KILLS; round++) {
      leave(round, "Kill", SluiceProcess::kill);
      comeBack(round);
    }
    for (int round = KILLS + 1; round <= KILLS + STOPS; round++) {
      leave(round, "Stop", node -> assertThat(node.terminate()).as("exit code").isZero());
      if (LONG) {
        comeBack(round);
      }
    }
  }

  private void startAll(int size) {
    IntStream.range(0, size).forEach(i -> ports.add(SluiceProcess.freePort()));
    // At once, since none of them serves before there are enough.
    nodes.addAll(IntStream.range(0, size).parallel().mapToObj(this::start).toList());
  }

  /** A member leaves while a fleet works. */
  private void leave(int round, String how, Consumer<SluiceProcess> end) throws Exception {
    int size = nodes.size();
    awaitCopies();
    int victim = round % size;
    boolean calledUpon = round % 2 == 1;
    int first = calledUpon ? victim : (victim + 1) % size;
    FleetCalls[] calls =
        IntStream.range(0, size)
            .mapToObj(i -> new FleetCalls(nodes.get((first + i) % size).url()))
            .toArray(FleetCalls[]::new);
    Fleet fleet = new Fleet("cluster-" + round, calls);
    fleet.workThrough(Fleet.ITEMS / 2, () -> end.accept(nodes.get(victim)));
    FleetCalls survivor = new FleetCalls(nodes.get((victim + 1) % size).url());
    System.out.printf(
        "%s %d of member %d of %d%s: longest call %d ms; %s%n",
        how,
        round,
        victim + 1,
        size,
        calledUpon ? ", which was called upon" : "",
        fleet.longestMs(),
        fleet.check(survivor));
  }

  private void comeBack(int round) {
    int victim = round % nodes.size();
    nodes.set(victim, start(victim));
  }

  private SluiceProcess start(int index) {
    SluiceProcess node =
        SluiceProcess.start(
            directory,
            config(index),
            Launch.jar().with(JOIN_SOON),
            FleetCalls.ENVIRONMENT,
            "timing.visibility=1s",
            "backend.hazelcast.cluster.port=" + ports.get(index));
    System.out.printf("Member %d runs as process %d%n", index + 1, node.pid());
    return node;
  }

  private Path config(int index) {
    String members =
        ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    try {
      String shipped = Files.readString(Path.of("../config.yml"));
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
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Waits until all members are there with their copies. */
  private void awaitCopies() throws Exception {
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
      } while (health.contains("members are there") || health.contains("second copy"));
    }
  }
}
