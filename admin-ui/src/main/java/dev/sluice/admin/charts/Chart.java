package dev.sluice.admin.charts;

import java.util.List;
import java.util.stream.IntStream;

/**
 * @param name in the page
 */
record Chart(String name, String title, String axis, Unit unit, String note, List<Line> lines) {

  static final Chart WAITING =
      of(
          "waiting",
          "Waiting work",
          "items",
          Unit.COUNT,
          "All waiting work, including parked and later.",
          new Line(Metric.WAITING, "waiting", "wait"));

  static final Chart IN_ORDER =
      of(
          "in-order",
          "Waiting work",
          "items",
          Unit.COUNT,
          "Ready and returned work.",
          new Line(Metric.WAITING, "waiting", "wait"));

  static final Chart OLDEST =
      of(
          "oldest",
          "Oldest waiting work",
          "age",
          Unit.TIME,
          "Age of the oldest ready or returned work; 0 if there is none.",
          new Line(Metric.OLDEST, "oldest", "wait"));

  static final Chart SLOTS =
      of(
          "slots",
          "Slots",
          "slots",
          Unit.COUNT,
          "Slots of available workers.",
          new Line(Metric.BUSY, "busy", "active"),
          new Line(Metric.SLOTS, "total", "held"));

  static final Chart CLAIMED =
      of(
          "claimed",
          "Claimed sessions",
          "sessions",
          Unit.COUNT,
          "Sessions owned by a worker.",
          new Line(Metric.CLAIMED, "claimed", "active"));

  static final Chart RATES =
      of(
          "rates",
          "Throughput of this node",
          "per second",
          Unit.RATE,
          "Items enqueued, claimed by polls and reported completed, averaged over the last minute.",
          new Line(Metric.ENQUEUED, "enqueued", "wait"),
          new Line(Metric.HANDED_OUT, "claimed", "active"),
          new Line(Metric.COMPLETED, "completed", "done"));

  static final Chart WAITS =
      of(
          "waits",
          "Time in queue",
          "time",
          Unit.TIME,
          "Time in queue of items claimed through this node in the last minute: "
              + "median (p50) and 95th percentile (p95).",
          new Line(Metric.WAITED_HALF, "p50", "held"),
          new Line(Metric.WAITED_MOST, "p95", "accent"));

  static final Chart HAND_OUTS =
      of(
          "hand-outs",
          "Hand-outs",
          "items a step",
          Unit.COUNT,
          "Items handed out to workers in each step.",
          new Line(Metric.HANDED_OUT, "handed out", "active"));

  static final Chart ENDS =
      of(
          "ends",
          "Ended sessions",
          "sessions a step",
          Unit.COUNT,
          "Sessions that ended in each step; a dead letter is a failure.",
          new Line(Metric.COMPLETED, "completed", "done"),
          new Line(Metric.FAILED, "failed", "fail"));

  static final Chart COSTS =
      of(
          "costs",
          "Cost",
          "dollars a step",
          Unit.MONEY,
          "What sessions cost in each step, as their workers reported it; running sessions count.",
          new Line(Metric.COST, "cost", "accent"));

  static final List<Chart> OF_FLEET = List.of(WAITING, OLDEST, SLOTS, CLAIMED, RATES, WAITS);

  static final List<Chart> STORED = List.of(WAITING, OLDEST, HAND_OUTS, ENDS, COSTS);

  static final List<Chart> OF_QUEUE = List.of(IN_ORDER, OLDEST);

  private static final List<String> TONES = List.of("fail", "wait", "accent", "active", "held");

  static final int MOST_CAUSES = TONES.size();

  record Line(Metric measure, String name, String tone) {}

  private static Chart of(
      String name, String title, String axis, Unit unit, String note, Line... lines) {
    return new Chart(name, title, axis, unit, note, List.of(lines));
  }

  /**
   * @param causes at most {@link #MOST_CAUSES}
   */
  static Chart causes(List<String> causes) {
    return new Chart(
        "causes",
        "Failures by cause",
        "failures a step",
        Unit.COUNT,
        "Failed runs and lost claims in each step, by the "
            + MOST_CAUSES
            + " most frequent causes of this time. A run that is repeated counts each time.",
        IntStream.range(0, causes.size())
            .mapToObj(i -> new Line(Metric.FAILED, causes.get(i), TONES.get(i)))
            .toList());
  }

  List<Metric> measures() {
    return lines.stream().map(Line::measure).toList();
  }
}
