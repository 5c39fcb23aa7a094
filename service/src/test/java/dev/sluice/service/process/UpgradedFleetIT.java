package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.process.SluiceProcess.Build;
import dev.sluice.service.process.SluiceProcess.Launch;
import dev.sluice.service.replay.Calls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet works on while the nodes of the release before are replaced by this one, one by one, then
 * back, then up again, all with the settings of the release before: all items end once, and each
 * call is answered by a node. In the short form one node alone goes back. Members of a cluster of
 * the release before can't be replaced one by one: they know no votes.
 */
@Timeout(900)
class UpgradedFleetIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int WORKERS = LONG ? 200 : 16;

  private static final int ITEMS = LONG ? 20_000 : 1_600;

  /** Enqueued at each replacement. */
  private static final int SHARE = LONG ? 2_000 : 200;

  private static final Duration WORK = Duration.ofMillis(LONG ? 500 : 100);

  /** True if the release before has an older layout: it is in force until the last round. */
  private static final boolean RAISES = true;

  private static final String[] NOT_YET =
      RAISES ? new String[] {"timing.upgrade=1h"} : new String[0];
  private static final String[] RAISE = RAISES ? new String[] {"timing.upgrade=1s"} : new String[0];

  @TempDir Path directory;

  private interface Starter {
    SluiceProcess start(int index, Build build, String... settings);
  }

  @Test
  void nodesOnOneRedis() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      String[] store = {"backend.type=redis", "backend.redis.uri=" + redis.uri()};
      upgrade(
          2,
          (index, build, settings) ->
              SluiceProcess.start(
                  directory, Launch.jar(build), FleetCalls.ENVIRONMENT, and(store, settings)));
    }
  }

  private static void upgrade(int size, Starter starter) throws Exception {
    Build before = PreviousRelease.get();
    Build now = new Build(SluiceProcess.BUILD.jar(), before.config());
    List<SluiceProcess> nodes =
        IntStream.range(0, size).parallel().mapToObj(i -> starter.start(i, before)).toList();
    try (KilledFleet fleet = new KilledFleet(nodes, WORKERS, WORK)) {
      List<KilledFleet.Step> steps = new ArrayList<>();
      int back = LONG ? size : 1;
      steps.addAll(round(fleet, size, i -> starter.start(i, now, NOT_YET)));
      steps.addAll(round(fleet, back, i -> starter.start(i, before)));
      steps.addAll(round(fleet, size, i -> starter.start(i, now, RAISE)));
      fleet.enqueue(ITEMS - SHARE * steps.size());
      System.out.println(fleet.drainIn(steps));
      checkRaised(fleet.nodes().get(0));
    }
  }

  private static List<KilledFleet.Step> round(
      KilledFleet fleet, int size, IntFunction<SluiceProcess> start) {
    return IntStream.range(0, size)
        .mapToObj(
            index ->
                new KilledFleet.Step(
                    index,
                    node -> {
                      ClusterNodes.awaitCopies(fleet.nodes());
                      fleet.enqueue(SHARE);
                      assertThat(node.terminate()).as("exit code").isZero();
                      return start.apply(index);
                    }))
        .toList();
  }

  private static void checkRaised(SluiceProcess node) throws InterruptedException {
    Calls operator = new Calls(node.url(), FleetCalls.PRODUCER);
    List<String> raised;
    do {
      Thread.sleep(50); // between two questions: nothing tells when a layout is in force
      raised = operator.get("/api/audit?limit=100").at("/lines").findValuesAsText("verb");
      raised.removeIf(verb -> !verb.equals("raise-layout"));
    } while (RAISES && raised.isEmpty());
    assertThat(raised).hasSize(RAISES ? 1 : 0);
  }

  private static String[] and(String[] some, String[] more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
