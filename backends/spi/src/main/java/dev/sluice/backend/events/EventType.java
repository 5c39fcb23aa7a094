package dev.sluice.backend.events;

import dev.sluice.backend.sessions.Event;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names what has changed, and how. Events of sessions are the lines of their timelines, with the
 * same details. Only {@link #SESSION_LATE_RESULT} has none.
 */
public enum EventType {
  SESSION_ENQUEUED,
  SESSION_CLAIMED,
  SESSION_STARTED,
  SESSION_LEASE_LOST,
  SESSION_ACCEPT_MISSED,
  SESSION_REATTACHED,
  SESSION_NACKED,
  SESSION_RETURNED,
  SESSION_TRANSFERRED,
  SESSION_STOPPING,
  SESSION_RELEASED,
  SESSION_ENDED,
  SESSION_DEAD,
  SESSION_DISCARDED,
  SESSION_REQUEUED,
  SESSION_REPRIORITISED,
  SESSION_FRONTED,
  SESSION_LATE_RESULT,
  SESSION_STOP_TOLD,
  SESSION_UNDELIVERABLE,
  /** A message was accepted. Detail: its id. */
  MESSAGE_SENT,
  /** Its worker has acknowledged a message. Detail: its id. */
  MESSAGE_ACKNOWLEDGED,
  WORKER_REGISTERED,
  /** It was silent for a lease. */
  WORKER_SILENT,
  WORKER_QUARANTINED,
  /** An operator drains it. */
  WORKER_DRAINED,
  WORKER_UNDRAINED,
  /** Its record is deleted: it deregistered, was replaced, or was silent for too long. */
  WORKER_GONE,
  QUEUE_PAUSED,
  QUEUE_RESUMED,
  QUEUE_LIMITED,
  /** A key was minted. Detail: its id. */
  KEY_CREATED,
  /** It was revoked, by itself or with the key that minted it. Detail: its id. */
  KEY_REVOKED,
  /** A finding began to stand. Detail: its key. */
  FINDING_BEGAN,
  /** It no longer stands. Detail: its key. */
  FINDING_ENDED;

  private static final Map<Event.Kind, EventType> OF_SESSIONS = new EnumMap<>(Event.Kind.class);
  private static final Map<String, EventType> BY_WIRE =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::wire, Function.identity()));

  static {
    for (Event.Kind kind : Event.Kind.values()) {
      OF_SESSIONS.put(kind, valueOf("SESSION_" + kind.name()));
    }
  }

  /** The type of a line of a timeline. */
  public static EventType of(Event.Kind kind) {
    EventType type = OF_SESSIONS.get(kind);
    if (type == null) {
      throw new IllegalStateException("no event is told of " + kind);
    }
    return type;
  }

  public static @Nullable EventType parse(String wire) {
    return BY_WIRE.get(wire);
  }

  /** For example {@code session.lease-lost}. */
  public String wire() {
    String name = name().toLowerCase(Locale.ROOT);
    int end = name.indexOf('_');
    return name.substring(0, end) + '.' + name.substring(end + 1).replace('_', '-');
  }
}
