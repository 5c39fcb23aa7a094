package dev.sluice.backend.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event log of an org, in order. Each event is packed, since there are many. */
public final class LoggedEvents {

  /** No name and no detail contains it. */
  private static final char SEPARATOR = '\u001f';

  private static final int PARTS = 6;

  /** The bytes that an array and its place in the ring take beside its content. */
  private static final int OVERHEAD = 24;

  private static final byte[] NOTHING = {};

  private byte[][] ring = new byte[16][];
  private int first;
  private int size;
  private long latest;
  private long bytes;

  public int size() {
    return size;
  }

  /** About as many as it takes in memory. */
  public long bytes() {
    return bytes;
  }

  /** The number of the last event that was ever written. */
  public long latest() {
    return latest;
  }

  /** The number of the oldest event that is kept; {@code latest() + 1} if none is. */
  public long oldest() {
    return latest - size + 1;
  }

  /** Returns the event of a number that is kept. */
  public LoggedEvent get(long number) {
    return unpacked(number, ring[place(number)]);
  }

  public EventPage after(long number, int limit) {
    List<LoggedEvent> events = new ArrayList<>();
    if (!EventPage.expired(number, oldest(), latest)) {
      for (long next = number + 1; next <= Math.min(latest, number + limit); next++) {
        events.add(get(next));
      }
    }
    return new EventPage(events, oldest(), latest);
  }

  /** Does nothing for a number added before. */
  void add(LoggedEvent event) {
    if (event.number() != latest + 1) {
      return;
    }
    if (size == ring.length) {
      grow();
    }
    latest++;
    size++;
    byte[] packed = packed(event);
    ring[place(latest)] = packed;
    bytes += packed.length + OVERHEAD;
  }

  /** Drops the events up to a number, or begins behind it. */
  void drop(long upTo) {
    while (size > 0 && oldest() <= upTo) {
      bytes -= ring[first].length + OVERHEAD;
      ring[first] = NOTHING;
      first = (first + 1) % ring.length;
      size--;
    }
    latest = Math.max(latest, upTo);
  }

  private int place(long number) {
    return (int) ((first + number - oldest()) % ring.length);
  }

  private void grow() {
    byte[][] larger = new byte[2 * ring.length][];
    System.arraycopy(ring, first, larger, 0, ring.length - first);
    System.arraycopy(ring, 0, larger, ring.length - first, first);
    ring = larger;
    first = 0;
  }

  private static byte[] packed(LoggedEvent event) {
    return String.join(
            String.valueOf(SEPARATOR),
            String.valueOf(event.atMs()),
            event.type().name(),
            text(event.project()),
            text(event.sessionId()),
            text(event.workerId()),
            text(event.detail()))
        .getBytes(UTF_8);
  }

  private static LoggedEvent unpacked(long number, byte[] packed) {
    String[] parts = new String(packed, UTF_8).split(String.valueOf(SEPARATOR), PARTS);
    if (parts.length != PARTS) {
      throw new IllegalStateException("event " + number + " has parts " + Arrays.toString(parts));
    }
    return new LoggedEvent(
        number,
        Long.parseLong(parts[0]),
        EventType.valueOf(parts[1]),
        nullable(parts[2]),
        nullable(parts[3]),
        nullable(parts[4]),
        nullable(parts[5]));
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static @Nullable String nullable(String part) {
    return part.isEmpty() ? null : part;
  }
}
