package dev.sluice.admin.charts;

import java.util.List;

/** A chart: what it is of, and its lines. */
enum Chart {
  WAITING(
      "Waiting work",
      "items",
      Unit.COUNT,
      "Work without a worker, parked and later work too.",
      new Line(Metric.WAITING, "waiting", "wait")),
  IN_ORDER(
      "Waiting work",
      "items",
      Unit.COUNT,
      "Work in order for the next free worker, returned work too.",
      new Line(Metric.WAITING, "waiting", "wait")),
  OLDEST(
      "Oldest waiting work",
      "age",
      Unit.TIME,
      "How long the oldest work that is in order has waited; 0 where none waits.",
      new Line(Metric.OLDEST, "oldest", "wait")),
  SLOTS(
      "Slots",
      "slots",
      Unit.COUNT,
      "Of workers that serve.",
      new Line(Metric.BUSY, "busy", "active"),
      new Line(Metric.SLOTS, "all", "held")),
  CLAIMED(
      "Claimed sessions",
      "sessions",
      Unit.COUNT,
      "Sessions that a worker holds.",
      new Line(Metric.CLAIMED, "claimed", "active")),
  RATES(
      "Through this node",
      "a second",
      Unit.RATE,
      "Items taken in, handed out by polls and reported completed, over the minute before.",
      new Line(Metric.ENQUEUED, "enqueued", "wait"),
      new Line(Metric.HANDED_OUT, "handed out", "active"),
      new Line(Metric.COMPLETED, "completed", "done")),
  WAITS(
      "Wait before the hand-out",
      "time",
      Unit.TIME,
      "Of what this node handed out in the minute before, half waited no longer than p50, 95 in"
          + " 100 no longer than p95.",
      new Line(Metric.WAITED_HALF, "p50", "held"),
      new Line(Metric.WAITED_MOST, "p95", "accent"));

  /** Those of a fleet. */
  static final List<Chart> OF_FLEET = List.of(WAITING, OLDEST, SLOTS, CLAIMED, RATES, WAITS);

  /** Those of a queue. */
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

  /**
   * A line.
   *
   * @param name what it is called beside the chart
   * @param tone its style
   */
  record Line(Metric measure, String name, String tone) {}

  String title() {
    return title;
  }

  /** What stands at its upright axis. */
  String axis() {
    return axis;
  }

  Unit unit() {
    return unit;
  }

  /** What exactly is shown. */
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
