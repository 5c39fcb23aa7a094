package dev.sluice.admin.live;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.Reading;

/**
 * What a stream says of a fleet: nothing of what is in it, only whether a page shows the latest.
 *
 * @param mark of the state that was seen
 * @param text the event as it is sent
 */
record FleetEvent(String mark, String text) {

  /** The event's name. */
  static final String NAME = "fleet";

  /**
   * Of a look.
   *
   * @param now epoch ms
   */
  static FleetEvent of(Reading reading, long now) {
    FleetSnapshot fleet = reading.fleet();
    return new FleetEvent(
        reading.mark(),
        "event: "
            + NAME
            + "\ndata: {\"mark\":\""
            + reading.mark() // letters, digits and a hyphen
            + "\",\"now\":"
            + now
            + ",\"taken\":"
            + (fleet == null ? 0 : fleet.takenAtMs())
            + ",\"away\":"
            + reading.away()
            + "}\n\n");
  }
}
