package dev.sluice.backend.hazelcast.epoch;

import io.microraft.RaftEndpoint;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A member as Raft sees it.
 *
 * @param index in the configured list
 */
record Seat(int index) implements RaftEndpoint {

  /** As an index. */
  static final int NONE = -1;

  static List<RaftEndpoint> of(int voters) {
    return IntStream.range(0, Integer.SIZE)
        .filter(index -> (voters & 1 << index) != 0)
        .<RaftEndpoint>mapToObj(Seat::new)
        .toList();
  }

  @Override
  public Object getId() {
    return index;
  }
}
