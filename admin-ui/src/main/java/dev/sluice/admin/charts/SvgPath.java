package dev.sluice.admin.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A line as SVG path data. Of points at one x the highest is drawn. A point between gaps becomes a
 * line of no length, which round caps show as a dot.
 */
final class SvgPath {

  private final StringBuilder path = new StringBuilder();
  private final double top;
  private final int height;

  /** -1 after a gap. */
  private int x = -1;

  private double value;
  private boolean begun;

  private SvgPath(double top, int height) {
    this.top = top;
    this.height = height;
  }

  /**
   * @param top value at the upper edge; the lower is 0
   */
  static String of(TimeSeries curve, int line, double top, int width, int height) {
    SvgPath path = new SvgPath(top, height);
    for (int i = 0; i < curve.size(); i++) {
      if (curve.known(line, i)) {
        long behind = curve.at(i) - curve.fromMs();
        path.to((int) (behind * width / curve.span().lengthMs()), curve.value(line, i));
      } else {
        path.lift();
      }
    }
    path.lift();
    return path.path.toString();
  }

  private void to(int nextX, double nextValue) {
    if (nextX == x) {
      value = Math.max(value, nextValue);
      return;
    }
    draw();
    x = nextX;
    value = nextValue;
  }

  private void draw() {
    if (x >= 0) {
      path.append(begun ? 'L' : 'M')
          .append(x)
          .append(' ')
          .append(rounded(height * (1 - value / top)));
      begun = true;
    }
  }

  private void lift() {
    boolean alone = !begun && x >= 0;
    draw();
    if (alone) {
      path.append("h0");
    }
    begun = false;
    x = -1;
  }

  private static String rounded(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
