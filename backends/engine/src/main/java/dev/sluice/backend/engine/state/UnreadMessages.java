package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.inbox.Lane;

public final class UnreadMessages {

  private final RankedSet urgent = new RankedSet();
  private final RankedSet normal = new RankedSet();

  public int count(Lane lane) {
    return of(lane).size();
  }

  /** Messages younger than {@code seq}, the oldest first. */
  public void visitAfter(Lane lane, long seq, RankedSet.Visitor look) {
    if (seq < Long.MAX_VALUE) {
      of(lane).visitAfter(seq + 1, "", look);
    }
  }

  RankedSet of(Lane lane) {
    return lane == Lane.URGENT ? urgent : normal;
  }

  void add(MessageRecord message) {
    of(message.lane()).add(message.seq(), message.sessionId());
  }

  void remove(MessageRecord message) {
    of(message.lane()).remove(message.seq(), message.sessionId());
  }
}
