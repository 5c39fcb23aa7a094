package dev.sluice.service.api;

import dev.sluice.backend.work.Place;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public final class Places {

  private static final List<Place> LISTED = List.of(Place.READY, Place.PARKED, Place.LATER);

  /** {@link Place#RETURNED} is listed as ready. */
  private static final List<Place> PLACES =
      List.of(Place.READY, Place.PARKED, Place.LATER, Place.CLAIMED, Place.DEAD, Place.ENDED);

  private static final String ANY = "any";

  private Places() {}

  /**
   * Reads the places of a list of work.
   *
   * @param ready true if an omitted place is {@link Place#READY}; else it is any
   */
  public static Set<Place> of(String field, @Nullable String text, boolean ready) {
    if (text == null || text.isEmpty()) {
      return ready ? Set.of(Place.READY) : Place.ANY;
    }
    if (text.equals(ANY)) {
      return Place.ANY;
    }
    return PLACES.stream()
        .filter(place -> place.wire().equals(text))
        .findFirst()
        .map(Set::of)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    field, "must be ready, parked, later, claimed, dead, ended or any"));
  }

  public static Place listed(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Place.READY;
    }
    return LISTED.stream()
        .filter(place -> place.wire().equals(text))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid(field, "must be ready, parked or later"));
  }
}
