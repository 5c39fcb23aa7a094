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

  boolean mayTake;

  private final Map<Wake.Subject, Wake> wakes = new LinkedHashMap<>(2);

  volatile Polled last = Polled.NOTHING;

  /** Set once, after the first poll. */
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
