package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  private static final String VISIBILITY = "timing.visibility=1s";

  @TempDir Path directory;

  private final List<SluiceProcess> nodes = new ArrayList<>();

  private ClusterNodes cluster;

  @AfterEach
  void end() {
    nodes.forEach(SluiceProcess::kill);
  }

  @Test
  void aMemberOfTwoDies() throws Exception {
    startAll(2);
    for (int i = 0; i < KILLS; i++) {
      int round = 2 * i + 1; // the first has the vote
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
    cluster = new ClusterNodes(directory, size);
    nodes.addAll(cluster.startAll(SluiceProcess.BUILD, VISIBILITY));
  }

  /** A member leaves while a fleet works. */
  private void leave(int round, String how, Consumer<SluiceProcess> end) throws Exception {
    int size = nodes.size();
    ClusterNodes.awaitCopies(nodes);
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
    nodes.set(victim, cluster.start(victim, SluiceProcess.BUILD, VISIBILITY));
  }
}
