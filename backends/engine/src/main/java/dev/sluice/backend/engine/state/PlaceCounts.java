package dev.sluice.backend.engine.state;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.work.Place;

final class PlaceCounts {

  private final long[] places = new long[Place.values().length];

  long of(Place place) {
    return places[place.ordinal()];
  }

  void add(Place place, int more) {
    places[place.ordinal()] += more;
  }

  Counts show() {
    return new Counts(
        of(Place.READY),
        of(Place.PARKED),
        of(Place.LATER),
        of(Place.RETURNED),
        of(Place.CLAIMED),
        of(Place.DEAD));
  }
}
