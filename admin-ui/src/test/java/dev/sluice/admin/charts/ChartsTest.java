package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.view.Spark;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.TestSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static final long START = 1_800_000_000_000L;

  private final FleetHistory history = new FleetHistory(org -> NodeTotals.Totals.NONE);

  @Test
  void aLineEndsBeforeAGapAndBeginsAnewBehindIt() {
    see(START, 10);
    see(START + 5_000, 5);
    see(START + 450_000, 0);
    see(START + 455_000, 10);

    ChartView chart = waiting(START + 895_000);

    assertThat(chart.lines().get(0).path()).isEqualTo("M10 0L15 50M460 100L465 0");
  }

  @Test
  void whatStandsAloneIsAPoint() {
    see(START, 10);
    see(START + 450_000, 5);

    assertThat(waiting(START + 895_000).lines().get(0).path()).isEqualTo("M10 0h0M460 50h0");
  }

  @Test
  void aSmallLineHasFewerPointsTheHighestOfEach() {
    for (int i = 0; i < 180; i++) {
      see(START + i * 5_000, i % 4 == 1 ? 100 : 0);
    }

    Spark spark = new Sparks(history, "one", START + 895_000).of("web");

    assertThat(spark.path().split("[ML]")).hasSizeBetween(40, 50);
    assertThat(spark.path()).contains(" 0L").doesNotContain(" 20L");
    assertThat(spark.words()).isEqualTo("waiting over 15 min: 0 to 100, now 0, steady");
  }

  @Test
  void ofAQueueNeverSeenThereIsNoSmallLine() {
    see(START, 1);

    assertThat(new Sparks(history, "one", START).of("none")).isNull();
    assertThat(new Sparks(history, "other", START).of("web")).isNull();
  }

  @Test
  void howALineWentIsSaidInWords() {
    assertThat(waiting(START).words()).isEqualTo("Waiting work over 15 min: no data yet");
    see(START, 7);
    assertThat(waiting(START).words()).isEqualTo("Waiting work over 15 min: 7, now 7, steady");
    for (int i = 1; i < 100; i++) {
      see(START + i * 5_000, 7 + i * 20);
    }
    assertThat(waiting(START + 495_000).words())
        .isEqualTo("Waiting work over 15 min: 7 to 1,987, now 1,987, rising");
    assertThat(waiting(START + 600_000).words())
        .isEqualTo("Waiting work over 15 min: 7 to 1,987, 1,987 measured 1 min ago");
    assertThat(waiting(START + 600_000).lines().get(0).latest()).isEqualTo("–");
  }

  @Test
  void severalLinesAreNamedInTheWords() {
    see(START, 1);
    ChartView slots = charts(START).get(2);

    assertThat(slots.words())
        .isEqualTo("Slots over 15 min: busy 0, now 0, steady; total 0, now 0, steady");
  }

  @Test
  void aTableHasAtMostThirtyRowsEachTheHighestOfItsTime() {
    for (int i = 0; i < 200; i++) {
      see(START + i * 5_000, i);
    }

    ChartTable table = waiting(START + 199 * 5_000).table();

    assertThat(table.caption()).isEqualTo("Waiting work: maximum of each 30 s, latest first");
    assertThat(table.rows()).hasSize(30);
    assertThat(table.rows().get(0).cells()).containsExactly("199");
    assertThat(table.rows().get(1).cells()).containsExactly("197");
    assertThat(table.rows().get(1).from()).isEqualTo("08:16:00");
  }

  @Test
  void thePointsHaveADashInAGap() {
    see(START, 10);
    see(START + 450_000, 5);

    assertThat(waiting(START + 450_000).points())
        .startsWith("{\"from\":" + (START - 450_000) + ",\"to\":" + (START + 450_000) + ",\"at\":[")
        .endsWith(",\"latest\":[\"5\"],\"values\":[[\"10\",\"–\",\"5\"]]}");
  }

  @Test
  void marksOfTimeStandAtWholeMinutes() {
    assertThat(waiting(START + 60_000).moments())
        .extracting(ChartView.Tick::text)
        .containsExactly("07:50", "07:55", "08:00");
    assertThat(ChartView.all(history, "one", null, TimeRange.HOUR, START).get(0).moments())
        .extracting(ChartView.Tick::text)
        .containsExactly("07:15", "07:30", "07:45", "08:00");
  }

  private void see(long atMs, long waiting) {
    history.add(TestSnapshot.at("one", atMs).queue("web", waiting, 1).fleet());
  }

  private List<ChartView> charts(long now) {
    return ChartView.all(history, "one", null, TimeRange.QUARTER, now);
  }

  private ChartView waiting(long now) {
    return charts(now).get(0);
  }
}
