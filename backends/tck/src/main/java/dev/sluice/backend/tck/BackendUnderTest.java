package dev.sluice.backend.tck;

import dev.sluice.backend.store.QueueBackend;
import java.util.List;

/** A backend that the kit judges, and what the kit can't do through its contract. */
public interface BackendUnderTest extends AutoCloseable {

  /** The kit doesn't close it. */
  QueueBackend backend();

  /**
   * Returns another node on the same store, as after a restart. It is closed with this one. Needed
   * by the cases, not by the histories.
   */
  default QueueBackend anotherNode() {
    throw new UnsupportedOperationException("no other node can be started here");
  }

  /**
   * Makes a session's stored state unreadable behind the backend's back; all else that is stored of
   * it (bucket entry, its worker's active set) stays.
   */
  void damage(String org, String sessionId);

  /**
   * Returns the keys, entries and parts of records that docs/rules.md, "Left in the store", doesn't
   * allow.
   */
  List<String> leftovers(String org);

  /** Describes indexes that contradict the org's records; empty if none. */
  default String contradictions(String org) {
    return "";
  }

  /**
   * Deletes a session's item behind the backend's back. Needed by the cases, not by the histories.
   */
  default void loseItem(String org, String sessionId) {
    throw new UnsupportedOperationException("no item can be lost here");
  }

  /** Another caller of the same store, whose answers can be lost. */
  default RepeatingBackend repeating() {
    throw new UnsupportedOperationException("no answers can be lost here");
  }

  /** Closes what was opened for one test; the store may be used by the next. */
  @Override
  void close();
}
