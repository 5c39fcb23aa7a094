package dev.sluice.service.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Mutable fields are guarded by the room. */
final class Waiter {

  enum Phase {
    LOOKING,
    ASLEEP,
    OVER
  }

  /** Waiters are woken in this order. */
  final long number;

  final PollCall call;
  final PollReply reply;

  Phase phase = Phase.LOOKING;

  boolean lookAgain;

  boolean due;

  /** Null before its first poll. */
  @Nullable Profile profile;

  /** The most items of its answer; unlimited before its first poll, and with "slots now". */
  volatile int slots = Integer.MAX_VALUE;

  boolean mayTake;

  /** True if a slot of its full worker is free, which is for the next poll. */
  volatile boolean settles;

  private final Map<Wake.Subject, Wake> wakes = new LinkedHashMap<>(2);

  volatile Polled last = Polled.NOTHING;

  /** Set once, after the first poll. */
  volatile @Nullable Future<?> end;

  /** Set once it settles. */
  volatile @Nullable Future<?> earlierEnd;

  Waiter(long number, PollCall call, PollReply reply) {
    this.number = number;
    this.call = call;
    this.reply = reply;
  }

  String workerId() {
    return call.worker().workerId();
  }

  /**
   * Notes the free slots of a look; true if the poll ends. A slot that frees during the poll is not
   * for this poll: the worker may still be clearing up there.
   */
  boolean endsBy(int freeSlots) {
    if (call.patience().slotsNow()) {
      mayTake = freeSlots > 0;
      return false;
    }
    boolean first = slots == Integer.MAX_VALUE;
    boolean could = slots > 0;
    slots = Math.max(0, Math.min(slots, freeSlots));
    mayTake = slots > 0;
    if (first || could == freeSlots > 0) {
      return false;
    }
    settles = !could && !call.patience().settle().isZero();
    return !settles;
  }

  /** True if no look of it can bring work. */
  boolean barred() {
    return slots == 0;
  }

  void add(Wake wake) {
    wakes.put(wake.subject(), wake);
  }

  /** If its last poll left no work, the wake that it answers ends here. */
  List<Wake> takeWakes(boolean more) {
    List<Wake> taken = new ArrayList<>(wakes.values());
    wakes.clear();
    if (!more && !lookAgain) {
      taken.removeIf(Wake::needsSlot);
    }
    return taken;
  }
}
