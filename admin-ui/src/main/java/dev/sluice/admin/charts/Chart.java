package dev.sluice.admin.charts;

import java.util.List;

enum Chart {
  WAITING(
      "Waiting work",
      "items",
      Unit.COUNT,
      "All waiting work, including parked and later.",
      new Line(Metric.WAITING, "waiting", "wait")),
  IN_ORDER(
      "Waiting work",
      "items",
      Unit.COUNT,
      "Ready and returned work.",
      new Line(Metric.WAITING, "waiting", "wait")),
  OLDEST(
      "Oldest waiting work",
      "age",
      Unit.TIME,
      "Age of the oldest ready or returned work; 0 if there is none.",
      new Line(Metric.OLDEST, "oldest", "wait")),
  SLOTS(
      "Slots",
      "slots",
      Unit.COUNT,
      "Slots of available workers.",
      new Line(Metric.BUSY, "busy", "active"),
      new Line(Metric.SLOTS, "total", "held")),
  CLAIMED(
      "Claimed sessions",
      "sessions",
      Unit.COUNT,
      "Sessions owned by a worker.",
      new Line(Metric.CLAIMED, "claimed", "active")),
  RATES(
      "Throughput of this node",
      "per second",
      Unit.RATE,
      "Items enqueued, claimed by polls and reported completed, averaged over the last minute.",
      new Line(Metric.ENQUEUED, "enqueued", "wait"),
      new Line(Metric.HANDED_OUT, "claimed", "active"),
      new Line(Metric.COMPLETED, "completed", "done")),
  WAITS(
      "Time in queue",
      "time",
      Unit.TIME,
      "Time in queue of items claimed through this node in the last minute: "
          + "median (p50) and 95th percentile (p95).",
      new Line(Metric.WAITED_HALF, "p50", "held"),
      new Line(Metric.WAITED_MOST, "p95", "accent")),
  HAND_OUTS(
      "Hand-outs",
      "items a step",
      Unit.COUNT,
      "Items handed out to workers in each step.",
      new Line(Metric.HANDED_OUT, "handed out", "active")),
  ENDS(
      "Ended sessions",
      "sessions a step",
      Unit.COUNT,
      "Sessions that ended in each step; a dead letter is a failure.",
      new Line(Metric.COMPLETED, "completed", "done"),
      new Line(Metric.FAILED, "failed", "fail")),
  COSTS(
      "Cost",
      "dollars a step",
      Unit.MONEY,
      "What sessions cost in each step, as their workers reported it; running sessions count.",
      new Line(Metric.COST, "cost", "accent"));

  static final List<Chart> OF_FLEET = List.of(WAITING, OLDEST, SLOTS, CLAIMED, RATES, WAITS);

  static final List<Chart> STORED = List.of(WAITING, OLDEST, HAND_OUTS, ENDS, COSTS);

  static final List<Chart> OF_QUEUE = List.of(IN_ORDER, OLDEST);

  private final String title;
  private final String axis;
  private final Unit unit;
  private final String note;
  private final List<Line> lines;

  Chart(String title, String axis, Unit unit, String note, Line... lines) {
    this.title = title;
    this.axis = axis;
    this.unit = unit;
    this.note = note;
    this.lines = List.of(lines);
  }

  record Line(Metric measure, String name, String tone) {}

  String title() {
    return title;
  }

  String axis() {
    return axis;
  }

  Unit unit() {
    return unit;
  }

  String note() {
    return note;
  }

  List<Line> lines() {
    return lines;
  }

  List<Metric> measures() {
    return lines.stream().map(Line::measure).toList();
  }
}
