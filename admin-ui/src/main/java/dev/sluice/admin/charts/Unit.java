package dev.sluice.admin.charts;

import dev.sluice.admin.view.Formats;
import java.util.Locale;

public enum Unit {
  COUNT {
    @Override
    String text(double value) {
      return Formats.count(Math.round(value));
    }

    @Override
    double leastTop() {
      return 2;
    }
  },
  RATE {
    @Override
    String text(double value) {
      return value < 10 ? digits(value) : Formats.count(Math.round(value));
    }

    @Override
    double leastTop() {
      return 0.2;
    }
  },
  /** Millionths of a dollar. */
  MONEY {
    @Override
    String text(double value) {
      return Formats.usd(Math.round(value));
    }

    @Override
    double leastTop() {
      return 100_000;
    }
  },
  TIME {
    @Override
    String text(double value) {
      if (value > 0 && value < 1_000) {
        return Math.round(value) + " ms";
      }
      return value < 10_000
          ? digits(Math.round(value / 100) / 10.0) + " s"
          : Formats.span(Math.round(value));
    }

    @Override
    double leastTop() {
      return 20;
    }

    @Override
    double top(double highest) {
      if (highest == 0) {
        return MINUTE;
      }
      for (long top : TIMES) {
        if (top >= highest) {
          return top;
        }
      }
      return plain(highest / DAY) * DAY;
    }
  };

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** Upper ends, ms, whose halves are round too. */
  private static final long[] TIMES = {
    20,
    40,
    100,
    200,
    400,
    1_000,
    2_000,
    4_000,
    10_000,
    20_000,
    40_000,
    MINUTE,
    2 * MINUTE,
    4 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    40 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    12 * HOUR,
    DAY
  };

  private static final double[] PLAIN = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8};

  abstract String text(double value);

  abstract double leastTop();

  /** Formats briefly, for an axis. */
  String tick(double value) {
    return this == COUNT && value >= 10_000 ? shortly(value) : value == 0 ? "0" : text(value);
  }

  /** Returns a round upper end whose half is round too. */
  double top(double highest) {
    return plain(Math.max(highest, leastTop()));
  }

  double plain(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least) + 1e-9));
    for (double digit : PLAIN) {
      double top = digit * power;
      // The half of a count is a whole number.
      boolean halves = this != COUNT || Math.rint(top) == top && top % 2 == 0;
      if (halves && top >= least * (1 - 1e-9)) {
        return top;
      }
    }
    return 10 * power;
  }

  private static String shortly(double value) {
    return value < 1_000_000 ? digits(value / 1_000) + "k" : digits(value / 1_000_000) + "M";
  }

  private static String digits(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
