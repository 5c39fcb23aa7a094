package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisClusterNodes;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.replay.Calls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet at work is moved from store to store by the command line, which compares all records: all
 * items end once, held sessions stay with their workers, and the servers before answer 503. The
 * long form has 100,000 records and 200 workers.
 */
@Timeout(3_600)
class MovedFleetIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int ITEMS = LONG ? 80_000 : 2_500;
  private static final int STOCK = LONG ? 4_000 : 60;
  private static final int WORKERS = LONG ? 200 : 16;
  private static final Duration WORK = Duration.ofMillis(LONG ? 1_000 : 50);

  /** Ends before each move: much is still there at the last one. */
  private static final int BETWEEN = LONG ? 1_000 : 100;

  @TempDir Path directory;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void fromStoreToStore() throws Exception {
    RedisClusterNodes cluster = RedisClusterNodes.start(3, false);
    open.add(cluster);
    SluiceProcess first = onRedis("first");
    // All are there before, else the fleet is done when the last one has started.
    List<SluiceProcess> targets =
        List.of(
            onRedisCluster(cluster),
            embedded("embedded"),
            onRedis("second"),
            embedded("last"),
            onMembers(2));
    UntouchedStock stock = new UntouchedStock(first.url(), STOCK);
    List<KilledFleet.Step> moves =
        targets.stream()
            .map(to -> new KilledFleet.Step(0, from -> moved(from, to, stock)))
            .toList();
    try (KilledFleet fleet = new KilledFleet(List.of(first), WORKERS, WORK)) {
      fleet.enqueue(ITEMS);
      System.out.println(fleet.drainIn(moves, BETWEEN));
      stock.use(fleet.nodes().get(0).url());
    }
    SluiceProcess last = targets.get(targets.size() - 2);
    Answer refused =
        new Calls(last.url(), FleetCalls.PRODUCER)
            .call("POST", "/api/work", "{\"prompt\":\"p\"}", Map.of());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("/message")).contains("it is now at ");
  }

  private SluiceProcess embedded(String name) throws IOException {
    return started(name, "backend.type=embedded");
  }

  private SluiceProcess onRedis(String name) throws IOException {
    RedisServerProcess redis = RedisServerProcess.start();
    open.add(redis);
    return started(name, "backend.type=redis", "backend.redis.uri=" + redis.uri());
  }

  private SluiceProcess onRedisCluster(RedisClusterNodes cluster) throws IOException {
    String nodes =
        cluster.masters().stream()
            .map(node -> "\"127.0.0.1:" + node.port() + "\"")
            .collect(Collectors.joining(", ", "[", "]"));
    Path home = Files.createDirectory(directory.resolve("redis-cluster"));
    String shipped = Files.readString(SluiceProcess.BUILD.config());
    Path config =
        Files.writeString(
            home.resolve("config.yml"),
            shipped.replace("\n  redis:\n", "\n  redis:\n    cluster: " + nodes + "\n"));
    SluiceProcess process =
        SluiceProcess.start(home, config, FleetCalls.ENVIRONMENT, "backend.type=redis");
    open.add(process);
    return process;
  }

  /** Returns the first one. */
  private SluiceProcess onMembers(int size) throws IOException {
    Path home = Files.createDirectory(directory.resolve("members"));
    List<SluiceProcess> members = new ClusterNodes(home, size).startAll(SluiceProcess.BUILD);
    open.addAll(members);
    return members.get(0);
  }

  private SluiceProcess started(String name, String... backend) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    SluiceProcess process = SluiceProcess.start(home, FleetCalls.ENVIRONMENT, backend);
    open.add(process);
    return process;
  }

  private SluiceProcess moved(SluiceProcess from, SluiceProcess to, UntouchedStock stock)
      throws Exception {
    System.out.print(CommandProcess.run(directory, CommandProcess.move(from.url(), to.url())));
    stock.check(to.url());
    return to;
  }
}
