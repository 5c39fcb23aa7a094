package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public final class Deadlines {

  private final RankedSet laters = new RankedSet();
  private final RankedSet deadlines = new RankedSet();
  private final RankedSet backOffs = new RankedSet();
  private final RankedSet pauses = new RankedSet();
  private final RankedSet midnights = new RankedSet();
  private final RankedSet offers = new RankedSet();
  private final List<RankedSet> due =
      List.of(laters, deadlines, backOffs, pauses, midnights, offers);
  private final RankedSet leases = new RankedSet();
  private final RankedSet graces = new RankedSet();
  private final TreeMap<Long, RankedSet> accepts = new TreeMap<>();

  /**
   * In the order of kinds: sessions whose not-before time comes, sessions that expire, sessions
   * whose back-off ends, projects whose pause ends, projects whose budget is renewed, jobs whose
   * offer ends.
   */
  public List<RankedSet> due() {
    return due;
  }

  public boolean anyDue(long nowMs) {
    for (int i = 0; i < due.size(); i++) {
      RankedSet set = due.get(i);
      if (!set.isEmpty() && set.firstNumber() <= nowMs) {
        return true;
      }
    }
    return false;
  }

  RankedSet offers() {
    return offers;
  }

  public RankedSet leases() {
    return leases;
  }

  public RankedSet graces() {
    return graces;
  }

  /**
   * Unaccepted sessions by accept deadline, grouped by the length of the accept time-out: after an
   * outage long time-outs are suspended longer, and nothing should scan past them.
   */
  public Map<Long, RankedSet> accepts() {
    return accepts;
  }

  void add(SessionRecord session) {
    if (session.place() == Place.LATER) {
      laters.add(session.notBeforeMs(), session.id());
    }
    if (session.place().waits() && session.deadlineMs() > 0) {
      deadlines.add(session.deadlineMs(), session.id());
    }
    if (session.nackStands()) {
      backOffs.add(session.returnInfo().returnUntilMs(), session.id());
    }
    if (session.claim().releaseByMs() > 0) {
      graces.add(session.claim().releaseByMs(), session.id());
    }
    if (session.awaitsAccept()) {
      accepts
          .computeIfAbsent(acceptTime(session.claim()), time -> new RankedSet())
          .add(session.claim().acceptByMs(), session.id());
    }
  }

  void remove(SessionRecord session) {
    if (session.place() == Place.LATER) {
      laters.remove(session.notBeforeMs(), session.id());
    }
    if (session.place().waits() && session.deadlineMs() > 0) {
      deadlines.remove(session.deadlineMs(), session.id());
    }
    if (session.nackStands()) {
      backOffs.remove(session.returnInfo().returnUntilMs(), session.id());
    }
    if (session.claim().releaseByMs() > 0) {
      graces.remove(session.claim().releaseByMs(), session.id());
    }
    if (session.awaitsAccept()) {
      Long time = acceptTime(session.claim());
      RankedSet set = accepts.get(time);
      if (set != null) {
        set.remove(session.claim().acceptByMs(), session.id());
        if (set.isEmpty()) {
          accepts.remove(time);
        }
      }
    }
  }

  void add(QueueRecord queue) {
    Pause pause = queue.pause();
    if (pause != null && pause.untilMs() > 0) {
      pauses.add(pause.untilMs(), queue.project());
    }
    if (queue.overBudget()) {
      midnights.add(queue.midnightMs(), queue.project());
    }
  }

  void remove(QueueRecord queue) {
    Pause pause = queue.pause();
    if (pause != null && pause.untilMs() > 0) {
      pauses.remove(pause.untilMs(), queue.project());
    }
    if (queue.overBudget()) {
      midnights.remove(queue.midnightMs(), queue.project());
    }
  }

  private static long acceptTime(ClaimState claim) {
    return claim.acceptByMs() - claim.claimedAtMs();
  }
}
