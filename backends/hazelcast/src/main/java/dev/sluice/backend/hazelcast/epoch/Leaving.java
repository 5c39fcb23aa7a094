package dev.sluice.backend.hazelcast.epoch;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Works out the next step of a member that stops and leaves its part to the others. */
final class Leaving {

  enum Step {
    /** The others go on without it. */
    GO,
    WAIT,
    /** Gives the only vote of two members to the other. */
    GIVE_VOTE,
    /** Tells the other of two members that it has the vote. */
    TELL_VOTE,
    /** Lets another member lead. */
    TRANSFER
  }

  private Leaving() {}

  /**
   * @param generation of this member's group
   * @param fresh reports, its own included
   * @param epoch null for a member without a vote
   */
  static Step next(
      Seats seats,
      UUID ticket,
      int generation,
      Map<Integer, Report> fresh,
      @Nullable Epoch epoch,
      boolean leads) {
    if (fresh.size() == 1) {
      return Step.GO;
    }
    if (epoch == null) {
      return seats.count() > 2 ? Step.GO : tell(fresh.get(1 - seats.self()), generation);
    }
    if (epoch.parts().isEmpty() || (epoch.parts().size() == 1 && epoch.names(ticket))) {
      return Step.GO;
    }
    if (epoch.names(ticket)) {
      return Step.WAIT;
    }
    if (seats.count() == 2) {
      return leads && epoch.serves() ? Step.GIVE_VOTE : Step.WAIT;
    }
    return leads ? Step.TRANSFER : Step.GO;
  }

  private static Step tell(@Nullable Report other, int generation) {
    return other == null || other.generation() >= generation ? Step.GO : Step.TELL_VOTE;
  }
}
