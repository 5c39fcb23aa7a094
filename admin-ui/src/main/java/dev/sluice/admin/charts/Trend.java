package dev.sluice.admin.charts;

import dev.sluice.admin.view.Formats;

final class Trend {

  private final TimeSeries curve;
  private final int line;
  private final Unit unit;

  Trend(TimeSeries curve, int line, Unit unit) {
    this.curve = curve;
    this.line = line;
    this.unit = unit;
  }

  /** Returns the current value, or a dash if it is old. */
  String latest() {
    int last = last();
    return last >= 0 && isNow(last) ? unit.text(curve.value(line, last)) : "–";
  }

  /** {@code 3 to 120, now 87, rising}. */
  String words() {
    int last = last();
    if (last < 0) {
      return "no data";
    }
    double low = Double.MAX_VALUE;
    double high = 0;
    for (int i = 0; i < curve.size(); i++) {
      if (curve.known(line, i)) {
        low = Math.min(low, curve.value(line, i));
        high = Math.max(high, curve.value(line, i));
      }
    }
    String range = text(low).equals(text(high)) ? text(low) : text(low) + " to " + text(high);
    String latest = unit.text(curve.value(line, last));
    return isNow(last)
        ? range + ", now " + latest + ", " + trend(low, high)
        : range + ", " + latest + " measured " + Formats.span(age(last)) + " ago";
  }

  private String text(double value) {
    return unit.text(value);
  }

  private int last() {
    int i = curve.size() - 1;
    while (i >= 0 && !curve.known(line, i)) {
      i--;
    }
    return i;
  }

  private long age(int i) {
    return curve.toMs() - curve.at(i);
  }

  /** True in memory for three steps; in the store for the current step and the one before. */
  private boolean isNow(int i) {
    long stepMs = curve.span().stepMs();
    return curve.span().stored() ? age(i) < stepMs : age(i) <= 3 * stepMs;
  }

  /** Compares the last two quarters, relative to the range. */
  private String trend(double low, double high) {
    int quarter = Math.max(1, curve.size() / 4);
    double now = mean(curve.size() - quarter, curve.size());
    double before = mean(curve.size() - 2 * quarter, curve.size() - quarter);
    double change = (now - before) / Math.max(high - low, Double.MIN_NORMAL);
    if (Double.isNaN(change) || Math.abs(change) < 0.1) {
      return "steady";
    }
    return change > 0 ? "rising" : "falling";
  }

  private double mean(int from, int to) {
    double sum = 0;
    int count = 0;
    for (int i = Math.max(0, from); i < to; i++) {
      if (curve.known(line, i)) {
        sum += curve.value(line, i);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
