package dev.sluice.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapWatchTest {

  private final List<Integer> exits = new ArrayList<>();
  private final FailStop failStop = new FailStop(FailStop.Reaction.STAY, exits::add);
  private final HeapWatch watch = new HeapWatch(failStop, 1_000 << 20);
  private long collections;

  private void collected(int megabytesLeft) {
    watch.look(++collections, (long) megabytesLeft << 20);
  }

  @Test
  void aHeapThatStaysFullIsAFailure() {
    for (int i = 0; i < HeapWatch.MOST_IN_A_ROW - 1; i++) {
      collected(951);
    }
    assertThat(failStop.failure()).isNull();
    collected(951);
    assertThat(failStop.failure()).startsWith("the heap stays full").contains("1000 MB", "-Xmx");
  }

  @Test
  void aCollectionThatFreesMemoryBeginsANewCount() {
    for (int i = 0; i < 3 * HeapWatch.MOST_IN_A_ROW; i++) {
      collected(i % HeapWatch.MOST_IN_A_ROW == 0 ? 949 : 1_000);
    }
    assertThat(failStop.failure()).isNull();
  }

  @Test
  void aHeapThatWasNotCollectedSinceIsNoNews() {
    for (int i = 0; i < 3 * HeapWatch.MOST_IN_A_ROW; i++) {
      watch.look(1, 1_000 << 20);
    }
    assertThat(failStop.failure()).isNull();
  }
}
