package dev.sluice.backend.hazelcast.state;

import java.util.Map;
import java.util.TreeMap;

/** What happens by time: session or worker ids, ordered by epoch ms. */
public final class Deadlines {

  private final RankedSet due = new RankedSet();
  private final RankedSet leases = new RankedSet();
  private final RankedSet graces = new RankedSet();
  private final TreeMap<Long, RankedSet> accepts = new TreeMap<>();

  /** Sessions whose back-off ends. */
  public RankedSet due() {
    return due;
  }

  /** Workers whose lease runs out. */
  public RankedSet leases() {
    return leases;
  }

  /** Stopped sessions whose grace ends. */
  public RankedSet graces() {
    return graces;
  }

  /**
   * Sessions nobody has accepted, by the time they were given for it. After an outage the longer
   * ones stay closed for longer, and nobody should have to step over them.
   */
  public Map<Long, RankedSet> accepts() {
    return accepts;
  }

  void add(SessionRecord session) {
    if (session.trail().returnUntilMs() > 0) {
      due.add(session.trail().returnUntilMs(), session.id());
    }
    if (session.run().releaseByMs() > 0) {
      graces.add(session.run().releaseByMs(), session.id());
    }
    if (session.awaitsAccept()) {
      accepts
          .computeIfAbsent(acceptTime(session.run()), time -> new RankedSet())
          .add(session.run().acceptByMs(), session.id());
    }
  }

  void remove(SessionRecord session) {
    if (session.trail().returnUntilMs() > 0) {
      due.remove(session.trail().returnUntilMs(), session.id());
    }
    if (session.run().releaseByMs() > 0) {
      graces.remove(session.run().releaseByMs(), session.id());
    }
    if (session.awaitsAccept()) {
      Long time = acceptTime(session.run());
      RankedSet set = accepts.get(time);
      if (set != null) {
        set.remove(session.run().acceptByMs(), session.id());
        if (set.isEmpty()) {
          accepts.remove(time);
        }
      }
    }
  }

  private static long acceptTime(Run run) {
    return run.acceptByMs() - run.claimedAtMs();
  }
}
