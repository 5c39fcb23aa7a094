package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.queues.Counts;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlaceTest {

  @Test
  void fourPlacesWait() {
    assertThat(Arrays.stream(Place.values()).filter(Place::waits))
        .containsExactly(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED);
  }

  @Test
  void twoOfThemAreInTheOrderOfHandOut() {
    assertThat(Arrays.stream(Place.values()).filter(Place::inOrder))
        .containsExactly(Place.READY, Place.RETURNED);
  }

  @Test
  void theWireNamesAreLowerCase() {
    assertThat(Arrays.stream(Place.values()).map(Place::wire))
        .containsExactly("ready", "parked", "later", "returned", "claimed", "dead", "ended");
  }

  @Test
  void theCountOfWaitingWorkIsThatOfThePlacesThatWait() {
    assertThat(new Counts(1, 20, 300, 4_000, 50_000, 600_000).waiting()).isEqualTo(4_321);
  }
}
