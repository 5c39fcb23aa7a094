package dev.sluice.backend.hazelcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cuts, pauses and kills of members, one after the other, under load: nothing acknowledged is lost
 * or undone, no minority acknowledges, every call has its answer, and all members serve again once
 * the network is whole.
 *
 * <p>{@code -Dseed=7} repeats a random sequence, {@code -Dseed=1-50} several, with {@code -Plong}
 * their long form. {@code target/cluster-faults} has the history of each one that failed, and the
 * logs of the members.
 */
@Timeout(600)
class ClusterFaultsIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int SEEDS = LONG ? 200 : 10;

  /** A member that is cut off this long counts as gone. */
  private static final long NOTICED_MS = Long.getLong("sluice.faults.noticedMs", 7_000);

  /** Calls are made, and members that lost each other don't know it yet. */
  private static final long SOME_CALLS_MS = 2_000;

  private static final Duration STARTED = Duration.ofMinutes(3);
  private static final Duration SERVED = Duration.ofSeconds(60);

  /** Longer than members need if they need no operator. */
  private static final Duration NOTHING_SERVED = Duration.ofSeconds(15);

  /** Random sequences on two members. */
  private static final int SEEDS_OF_TWO = LONG ? 50 : 1;

  private static NetworkHosts hosts;

  @BeforeAll
  static void startHosts() {
    hosts = NetworkHosts.start(3);
  }

  @AfterAll
  static void removeHosts() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Nested
  class OfThree {

    private static FaultyCluster cluster;

    @BeforeAll
    static void startMembers() {
      cluster = FaultyCluster.of(hosts, 3);
    }

    @AfterAll
    static void endMembers() {
      cluster.close();
    }

    /** The first of them misses what the others acknowledged when the second one is cut off. */
    @ParameterizedTest
    @CsvSource({"0,1", "2,0", "1,0"})
    void twoMembersAreCutOffOneAfterTheOther(int first, int second) throws Exception {
      run(
          cluster,
          "cut " + first + " then " + second,
          List.of(
              Step.alone(3, first),
              new Step.Serve(others(first)),
              new Step.Work(80),
              Step.alone(3, second),
              new Step.Last(NOTICED_MS)));
    }

    /** A copy between two members that lose each other must not hold up all three. */
    @Test
    void aMemberComesBackWhileItDoesNotReachTheOneThatHasItsData() throws Exception {
      run(
          cluster,
          "copy over a cut link",
          List.of(
              Step.alone(3, 1),
              new Step.Serve(Set.of(0, 2)),
              new Step.Work(40),
              Step.between(1, 2),
              new Step.Last(13_000)));
    }

    /**
     * A member has events that its copy never gets. Readers that are told of them would miss those
     * that get their numbers later.
     */
    @RepeatedTest(3)
    void aMemberDiesWithEventsThatACopyLacks(RepetitionInfo repetition) throws Exception {
      int member = repetition.getCurrentRepetition() - 1;
      run(
          cluster,
          "events on " + member + " alone",
          List.of(
              Step.between(member, (member + 1) % 3),
              new Step.Last(SOME_CALLS_MS),
              new Step.Kill(member, false),
              new Step.Serve(others(member)),
              new Step.Work(40)));
    }

    @Test
    void aPausedMemberWakesWhileTheOthersServe() throws Exception {
      run(
          cluster,
          "pause",
          List.of(
              new Step.Pause(0),
              new Step.Serve(Set.of(1, 2)),
              new Step.Work(40),
              new Step.Resume(0)));
    }

    @Test
    void twoServeWhileOneIsCutOff() throws Exception {
      run(
          cluster,
          "2+1",
          List.of(Step.alone(3, 2), new Step.Serve(Set.of(0, 1)), new Step.Work(40)));
    }

    /** The third member never had what the two others acknowledged, so that is lost. */
    @Test
    void theNewestDieAndAnOperatorAcceptsAnOlderState() throws Exception {
      String id = UUID.randomUUID().toString().substring(0, 8);
      cluster.begin(new History());
      assertThat(cluster.awaitServing(cluster.all(), id, STARTED)).isNotNegative();
      enqueue(0, id, "older");
      cluster.cut(Step.alone(3, 2).cut());
      assertThat(cluster.awaitServing(Set.of(0, 1), id, SERVED)).isNotNegative();
      enqueue(0, id, "newer");
      cluster.kill(0, false);
      cluster.kill(1, false);
      cluster.mend();

      assertThat(cluster.awaitServing(Set.of(2), id, NOTHING_SERVED))
          .as("without an operator")
          .isNegative();
      assertThat(cluster.health()).contains("an operator decides");
      cluster.accept(2);
      assertThat(cluster.awaitServing(cluster.all(), id, STARTED)).isNotNegative();
      assertThat(find(0, id, "older").acknowledged()).isTrue();
      assertThat(find(0, id, "newer").refused("UNKNOWN_SESSION")).isTrue();
      assertThat(cluster.awaitCopies(STARTED)).isTrue();
    }

    private static void enqueue(int member, String id, String item) {
      String org = FaultyCluster.org(id, 0);
      assertThat(cluster.call(member, Op.ENQUEUE, org, id + item).join().acknowledged()).isTrue();
    }

    private static Answer find(int member, String id, String item) {
      return cluster.call(member, Op.FIND, FaultyCluster.org(id, 0), id + item).join();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.backend.hazelcast.faults.ClusterFaultsIT#seeds")
    void atRandom(long seed) throws Exception {
      run(cluster, "seed " + seed, RandomSteps.of(seed, 3, LONG));
    }

    private static Set<Integer> others(int member) {
      Set<Integer> others = new TreeSet<>(Set.of(0, 1, 2));
      others.remove(member);
      return others;
    }
  }

  /** The clock of the first member, which is the oldest, is an hour ahead. */
  @Nested
  @EnabledIfSystemProperty(named = "sluice.long", matches = "true", disabledReason = "a long run")
  class WithAWrongClock {

    private static FaultyCluster cluster;

    @BeforeAll
    static void startMembers() {
      WrongClock.check();
      cluster = new FaultyCluster(hosts, List.of("+3600s", "", ""));
    }

    @AfterAll
    static void endMembers() {
      if (cluster != null) {
        cluster.close();
      }
    }

    @Test
    void itsMemberIsCutOffAndComesBack() throws Exception {
      run(
          cluster,
          "wrong clock",
          List.of(Step.alone(3, 0), new Step.Serve(Set.of(1, 2)), new Step.Work(40)));
    }
  }

  /** The first in the list goes on alone. */
  @Nested
  class OfTwo {

    private static FaultyCluster cluster;

    @BeforeAll
    static void startMembers() {
      cluster = FaultyCluster.of(hosts, 2);
    }

    @AfterAll
    static void endMembers() {
      cluster.close();
    }

    @Test
    void theyAreCutApart() throws Exception {
      run(cluster, "1+1", List.of(Step.alone(2, 1), new Step.Serve(Set.of(0)), new Step.Work(40)));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.backend.hazelcast.faults.ClusterFaultsIT#seedsOfTwo")
    void atRandom(long seed) throws Exception {
      run(cluster, "two, seed " + seed, RandomSteps.of(seed, 2, LONG));
    }
  }

  static LongStream seeds() {
    return seeds(SEEDS);
  }

  static LongStream seedsOfTwo() {
    return seeds(SEEDS_OF_TWO);
  }

  private static LongStream seeds(int count) {
    String[] range = System.getProperty("seed", "1-" + count).split("-");
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  private static void run(FaultyCluster cluster, String title, List<Step> steps)
      throws InterruptedException, IOException {
    Sequence.Result result = new Sequence(cluster, title, steps).run();
    System.out.println(result.summary());
    assertThat(result.violations()).as(result.summary()).isEmpty();
  }
}
