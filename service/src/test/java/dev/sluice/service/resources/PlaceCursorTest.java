package dev.sluice.service.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceCursorTest {

  @Test
  void aPositionIsReadAsItWasWritten() {
    Cursor project = new Cursor(0, "parser");
    for (PlaceCursor position :
        List.of(
            PlaceCursor.of(Place.DEAD),
            PlaceCursor.of(Place.ENDED).at(new Cursor(7, "s")),
            PlaceCursor.waiting(Place.PARKED, "parser", null),
            PlaceCursor.waiting(Place.READY, "parser", project).at(new Cursor(3, "s")))) {
      assertThat(PlaceCursor.parse(position.text())).isEqualTo(position);
    }
    assertThat(PlaceCursor.parse(null)).isEqualTo(PlaceCursor.of(Place.CLAIMED));
  }

  @Test
  void anythingElseIsRefused() {
    for (String wrong :
        List.of(
            "x",
            "claimed",
            "claimed...x",
            "claimed..cGFyc2Vy.",
            "ready...",
            "returned..cGFyc2Vy.",
            "claimed.AAAA..",
            "ended....",
            "nowhere...")) {
      assertThatThrownBy(() -> PlaceCursor.parse(wrong), wrong)
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.BAD_CURSOR));
    }
  }
}
