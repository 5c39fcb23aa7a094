package dev.sluice.backend.hazelcast.epoch;

import org.jspecify.annotations.Nullable;

/**
 * Open while this member may serve. A look costs a read of a volatile field and of the clock.
 *
 * <p>An operation looks before, and after with what it saw before: in between the epoch may have
 * ended, or this process may have been stopped for longer than its lease.
 */
public class Gate {

  /** The gate of a store that has no other members. */
  public static final Gate OPEN =
      new Gate() {
        @Override
        public long number() {
          return 0;
        }
      };

  /** A member without a pass. */
  public static final long CLOSED = -1;

  private volatile @Nullable Pass pass;
  private volatile String waitsFor = "this member starts";

  /** Tells whether the members that an instance sees are still those of the epoch. */
  public interface View {
    boolean unchanged();
  }

  private record Pass(long number, View view, long untilNanos) {}

  /** The epoch in which this member may serve now, or {@link #CLOSED}. */
  public long number() {
    Pass now = pass;
    return now != null && System.nanoTime() - now.untilNanos < 0 && now.view.unchanged()
        ? now.number
        : CLOSED;
  }

  /** True if the member could serve all the time since it saw that number. */
  public boolean still(long number) {
    return number != CLOSED && number() == number;
  }

  /** Why this member doesn't serve, for people; null if it does. */
  public @Nullable String problem() {
    return number() == CLOSED ? "this member serves nothing: " + waitsFor : null;
  }

  void says(String why) {
    waitsFor = why;
  }

  void open(long number, View view, long untilNanos) {
    pass = new Pass(number, view, untilNanos);
    waitsFor = "the members are finding together";
  }

  void close() {
    pass = null;
  }
}
