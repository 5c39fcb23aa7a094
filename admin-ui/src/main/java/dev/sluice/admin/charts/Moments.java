package dev.sluice.admin.charts;

import dev.sluice.admin.view.Formats;

/** Moments as charts write them: the time of day, in UTC. */
final class Moments {

  private Moments() {}

  /** With seconds. */
  static String second(long ms) {
    return Formats.exact(ms).substring(11, 19);
  }

  /** Without seconds. */
  static String minute(long ms) {
    return Formats.exact(ms).substring(11, 16);
  }
}
