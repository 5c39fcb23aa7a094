package dev.sluice.admin.live;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.Reading;

record FleetEvent(String mark, String text) {

  static final String NAME = "fleet";

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
