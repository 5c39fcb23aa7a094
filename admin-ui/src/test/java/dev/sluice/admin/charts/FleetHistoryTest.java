package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.TestSnapshot;
import dev.sluice.fleet.WaitHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetHistoryTest {

  private static final long START = 1_800_000_000_000L;
  private static final long STEP = TimeRange.QUARTER.stepMs();

  private final AtomicReference<NodeTotals.Totals> passed =
      new AtomicReference<>(NodeTotals.Totals.NONE);
  private final FleetHistory history = new FleetHistory(org -> passed.get());

  @Test
  void theLatestValueOfEachStepIsKeptAtTheEndOfIt() {
    see(START, 3);
    see(START + 4_000, 5);
    see(START + STEP, 7);

    TimeSeries curve = waiting(START + STEP);

    assertThat(values(curve)).containsExactly(5f, 7f);
    assertThat(curve.at(0)).isEqualTo(START + STEP);
    assertThat(curve.at(1)).as("not later than now").isEqualTo(START + STEP);
    assertThat(curve.toMs() - curve.fromMs()).isEqualTo(900_000);
  }

  @Test
  void whatIsOlderThanTheSpanIsForgottenWhateverTheNumberOfLooks() {
    for (int i = 0; i < 1_000; i++) {
      see(START + i * STEP, i);
    }
    long now = START + 999 * STEP;

    assertThat(values(waiting(now))).hasSize(TimeRange.POINTS).startsWith(820f).endsWith(999f);
    assertThat(values(history.curve("one", null, TimeRange.HOUR, List.of(Metric.WAITING), now)))
        .hasSize(TimeRange.POINTS)
        .startsWith(283f)
        .endsWith(999f);
    assertThat(waiting(now + 2 * TimeRange.QUARTER.lengthMs()).size()).isZero();
  }

  @Test
  void aTimeInWhichNothingWasSeenIsAGapNeitherZeroNorALine() {
    see(START, 3);
    see(START + 10 * STEP, 4);

    TimeSeries curve = waiting(START + 10 * STEP);

    assertThat(values(curve)).containsExactly(3f, Float.NaN, 4f);
    assertThat(curve.at(1)).isBetween(START + STEP, START + 2 * STEP);
  }

  @Test
  void aLookThatComesLateIsNoGap() {
    see(START, 3);
    see(START + 3 * STEP, 4);
    see(START + 7 * STEP, 5);

    assertThat(values(waiting(START + 7 * STEP))).containsExactly(3f, 4f, Float.NaN, 5f);
  }

  @Test
  void aClockThatIsSetBackLosesNothingButTheTimeToCome() {
    see(START + 100 * STEP, 3);
    see(START, 4);
    see(START + STEP, 5);

    assertThat(values(waiting(START + STEP))).containsExactly(4f, 5f);
  }

  @Test
  void ofAQueueItKeepsWhatIsInOrderAndTheAgeOfTheOldest() {
    history.add(TestSnapshot.at("one", START).queue("web", 4, 70_000).fleet());

    TimeSeries curve =
        history.curve(
            "one", "web", TimeRange.QUARTER, List.of(Metric.WAITING, Metric.OLDEST), START);

    assertThat(curve.value(0, 0)).isEqualTo(4);
    assertThat(curve.value(1, 0)).isEqualTo(70_000);
  }

  @Test
  void aQueueThatIsGoneIsEmptyWhereAllQueuesWereSeenElseUnknown() {
    history.add(TestSnapshot.at("one", START).queue("web", 4, 1).fleet());
    history.add(TestSnapshot.at("one", START + STEP).fleet());
    history.add(TestSnapshot.at("one", START + 2 * STEP).andMore().fleet());

    assertThat(values(queue("web", START + 2 * STEP))).containsExactly(4f, 0f);
  }

  @Test
  void anotherOrgsDataIsNeverMixedIn() {
    history.add(TestSnapshot.at("one", START).queue("web", 4, 1).fleet());
    history.add(TestSnapshot.at("two", START).queue("web", 9, 1).queue("app", 1, 1).fleet());

    assertThat(values(waiting(START))).containsExactly(4f);
    assertThat(values(queue("web", START))).containsExactly(4f);
    assertThat(queue("app", START).size()).isZero();
    assertThat(history.curve("three", null, TimeRange.HOUR, List.of(Metric.WAITING), START).size())
        .isZero();
  }

  @Test
  void orgsAreBoundedAndThoseSeenLongestAgoGo() {
    for (int i = 0; i < FleetHistory.MOST_ORGS; i++) {
      history.add(TestSnapshot.at("org-" + i, START).fleet());
    }
    history.curve("org-0", null, TimeRange.QUARTER, List.of(Metric.WAITING), START);
    history.add(TestSnapshot.at("new", START).fleet());

    assertThat(known("org-0")).isTrue();
    assertThat(known("org-1")).isFalse();
    assertThat(known("new")).isTrue();
  }

  @Test
  void queuesAreBoundedFirstThoseWithMostWorkThenThoseThatAreLookedAt() {
    TestSnapshot many = many(START);
    history.add(many.fleet());
    assertThat(queue("q-150", START).size()).isEqualTo(1);
    assertThat(queue("q-20", START).size()).as("with too little work").isZero();

    for (int i = 60; i < 150; i++) {
      queue("q-" + i, START);
    }
    history.add(many(START + STEP).fleet());

    assertThat(values(queue("q-20", START + STEP))).as("from then on").containsExactly(20f);
    assertThat(values(queue("q-60", START + STEP))).containsExactly(60f, 60f);
    long followed =
        IntStream.range(0, 160).filter(i -> queue("q-" + i, START + STEP).size() > 0).count();
    assertThat(followed).isEqualTo(FleetHistory.MOST_QUEUES);
  }

  @Test
  void aNameThatIsNoQueueTakesNobodysPlace() {
    history.add(many(START).fleet());
    for (int i = 0; i < 1_000; i++) {
      queue("none-" + i, START);
    }
    history.add(many(START + STEP).fleet());

    assertThat(values(queue("q-150", START + STEP))).containsExactly(150f, 150f);
  }

  @Test
  void ratesAreOfTheMinuteBefore() {
    for (int second = 0; second <= 90; second++) {
      passed.set(new NodeTotals.Totals(2L * second, second, 30, WaitHistogram.NONE));
      see(START + second * 1_000L, 0);
    }

    TimeSeries curve = rates(START + 90_000);

    int last = curve.size() - 1;
    assertThat(curve.value(0, last)).isEqualTo(2);
    assertThat(curve.value(1, last)).isEqualTo(1);
    assertThat(curve.value(2, last)).isZero();
  }

  @Test
  void waitsAreThoseOfTheMinuteBeforeNotSinceTheStart() {
    passed.set(waited(1_000_000, 100));
    see(START, 0);
    passed.set(waited(1_000_000, 100, 50, 50, 50, 4_000));
    see(START + 10_000, 0);
    see(START + 100_000, 0);
    see(START + 110_000, 0);

    TimeSeries curve =
        history.curve(
            "one",
            null,
            TimeRange.QUARTER,
            List.of(Metric.WAITED_HALF, Metric.WAITED_MOST),
            START + 110_000);

    assertThat(curve.size()).as("nothing was handed out in the last minute").isEqualTo(1);
    assertThat(curve.value(0, 0)).isBetween(45.0, 55.0);
    assertThat(curve.value(1, 0)).isBetween(3_600.0, 4_400.0);
  }

  @Test
  void countsThatBeginAnewGiveNoRate() {
    passed.set(new NodeTotals.Totals(500, 0, 0, WaitHistogram.NONE));
    see(START, 0);
    passed.set(new NodeTotals.Totals(3, 0, 0, WaitHistogram.NONE));
    see(START + 10_000, 0);

    assertThat(rates(START + 10_000).size()).isZero();
  }

  private static NodeTotals.Totals waited(long... ms) {
    long[] counts = new long[WaitHistogram.BUCKETS];
    for (long each : ms) {
      counts[WaitHistogram.bucket(each)]++;
    }
    return new NodeTotals.Totals(0, ms.length, 0, new WaitHistogram(counts));
  }

  private static TestSnapshot many(long atMs) {
    TestSnapshot seen = TestSnapshot.at("one", atMs);
    for (int i = 0; i < 160; i++) {
      seen.queue("q-" + i, i, 1);
    }
    return seen;
  }

  private void see(long atMs, long waiting) {
    history.add(TestSnapshot.at("one", atMs).queue("web", waiting, 1).fleet());
  }

  private boolean known(String org) {
    return history.curve(org, null, TimeRange.QUARTER, List.of(Metric.WAITING), START).size() > 0;
  }

  private TimeSeries waiting(long now) {
    return history.curve("one", null, TimeRange.QUARTER, List.of(Metric.WAITING), now);
  }

  private TimeSeries queue(String project, long now) {
    return history.curve("one", project, TimeRange.QUARTER, List.of(Metric.WAITING), now);
  }

  private TimeSeries rates(long now) {
    return history.curve(
        "one",
        null,
        TimeRange.QUARTER,
        List.of(Metric.ENQUEUED, Metric.HANDED_OUT, Metric.COMPLETED),
        now);
  }

  private static List<Float> values(TimeSeries curve) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      values.add((float) curve.value(0, i));
    }
    return values;
  }
}
