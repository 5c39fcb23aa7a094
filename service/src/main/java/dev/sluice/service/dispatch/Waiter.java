package dev.sluice.service.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A poll that waits. What changes of it is guarded by its room. */
final class Waiter {

  /** What it does. */
  enum Phase {
    /** It asks the store, or is about to. */
    LOOKING,
    /** It waits to be woken. */
    ASLEEP,
    /** It has been answered, or whoever ended it will do so. */
    OVER
  }

  /** Its place in the order of arrival, which is the order of waking. */
  final long number;

  final PollCall call;
  final PollReply reply;

  Phase phase = Phase.LOOKING;

  /** Something came while it was looking, maybe too late for that look. */
  boolean lookAgain;

  /** Its time is over: it isn't to sleep any more. */
  boolean due;

  /** Null before its first look. */
  @Nullable Profile profile;

  /** Whether its worker could take work, when that was last looked at. */
  boolean mayTake;

  /** What woke it, or came while it looked; goes on to others in the end. */
  private final Map<Wake.Subject, Wake> wakes = new LinkedHashMap<>(2);

  /** What it found last, which was nothing. */
  volatile Polled last = Polled.NOTHING;

  /** Ends it when its time is over. Set once, behind its first look. */
  volatile @Nullable Future<?> end;

  Waiter(long number, PollCall call, PollReply reply) {
    this.number = number;
    this.call = call;
    this.reply = reply;
  }

  String workerId() {
    return call.worker().workerId();
  }

  void add(Wake wake) {
    wakes.put(wake.subject(), wake);
  }

  /**
   * Hands over what it is to pass on. Where its last look left no work, what woke it to work has
   * come to its end, but not what came while it looked.
   */
  List<Wake> takeWakes(boolean more) {
    List<Wake> taken = new ArrayList<>(wakes.values());
    wakes.clear();
    if (!more && !lookAgain) {
      taken.removeIf(Wake::needsSlot);
    }
    return taken;
  }
}
