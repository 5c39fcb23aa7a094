package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A position in {@link PlacePages}. As text: place, cursor, project and project cursor, empty if
 * absent, separated by dots.
 *
 * @param cursor the position in it; null for its beginning
 * @param project the project of waiting work; null for lists of the org
 */
record PlaceCursor(
    Place place, @Nullable Cursor cursor, @Nullable String project, @Nullable Cursor projects) {

  static PlaceCursor of(Place place) {
    return new PlaceCursor(place, null, null, null);
  }

  static PlaceCursor waiting(Place place, @Nullable String project, @Nullable Cursor projects) {
    return new PlaceCursor(place, null, project, projects);
  }

  PlaceCursor at(Cursor next) {
    return new PlaceCursor(place, next, project, projects);
  }

  String text() {
    return place.wire() + "." + text(cursor) + "." + text(project) + "." + text(projects);
  }

  /** The beginning if absent. */
  static PlaceCursor parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return of(Place.CLAIMED);
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length == 4) {
      for (Place place : Place.values()) {
        PlaceCursor parsed =
            new PlaceCursor(place, cursor(parts[1]), name(parts[2]), cursor(parts[3]));
        if (place != Place.RETURNED
            && place.wire().equals(parts[0])
            && place.waits() == (parsed.project != null)
            && parsed.text().equals(text)) {
          return parsed;
        }
      }
    }
    throw Cursor.bad();
  }

  private static String text(@Nullable Cursor cursor) {
    return cursor == null ? "" : cursor.text();
  }

  private static String text(@Nullable String name) {
    return name == null
        ? ""
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Cursor cursor(String text) {
    return text.isEmpty() ? null : Cursor.parse(text);
  }

  private static @Nullable String name(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      String name = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      if (Names.problem(name) == null) {
        return name;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw Cursor.bad();
  }
}
