package dev.sluice.backend.hazelcast.epoch;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Members that listen nowhere. */
final class TestSeats {

  private TestSeats() {}

  static Seats of(int self, String... names) {
    int quorum = names.length < 3 ? 1 : names.length / 2 + 1;
    return new Seats(
        List.of(names),
        Arrays.stream(names).map(name -> InetSocketAddress.createUnresolved(name, 2)).toList(),
        self,
        quorum);
  }
}
