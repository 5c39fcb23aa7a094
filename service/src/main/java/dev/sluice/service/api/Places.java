package dev.sluice.service.api;

import dev.sluice.backend.work.Place;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class Places {

  private static final List<Place> LISTED = List.of(Place.READY, Place.PARKED, Place.LATER);

  private Places() {}

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
