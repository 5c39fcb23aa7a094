package dev.sluice.backend.hazelcast.epoch;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The ends of members' processes. One counts while its seat can't have voted since: it is forgotten
 * once a later process shows a file, or has ended itself without a sign.
 */
final class Ends {

  private final Map<Integer, Long> ended = new HashMap<>();

  /** Tickets of the first processes after those ends. */
  private final Map<Integer, UUID> successors = new HashMap<>();

  void ended(int seat, long nanos) {
    ended.put(seat, nanos);
    successors.remove(seat);
  }

  void heard(int seat, Report report) {
    UUID first = successors.putIfAbsent(seat, report.ticket());
    if (report.generation() > 0 || (first != null && !first.equals(report.ticket()))) {
      ended.remove(seat);
    }
  }

  /** The latest end of each seat, nanos; changes with later calls. */
  Map<Integer, Long> bySeat() {
    return Collections.unmodifiableMap(ended);
  }
}
