package dev.sluice.backend.hazelcast.epoch;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The configured members of a cluster.
 *
 * @param names of all members
 * @param addresses of their listeners
 * @param self index of this member
 * @param quorum members that must be together to serve
 */
public record Seats(List<String> names, List<InetSocketAddress> addresses, int self, int quorum) {

  public Seats {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  int count() {
    return names.size();
  }

  /** A bit for each seat. */
  int all() {
    return (1 << count()) - 1;
  }

  /** With two members one has the only vote, the first of the list to begin with. */
  int voters() {
    return count() == 2 ? 1 : all();
  }
}
