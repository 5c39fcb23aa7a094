package dev.sluice.backend.tck;

import dev.sluice.backend.QueueBackend;
import java.util.List;

/** A backend that the kit judges, and what the kit can't do through its contract. */
public interface BackendUnderTest extends AutoCloseable {

  /** The backend itself. The kit doesn't close it. */
  QueueBackend backend();

  /**
   * Makes the stored state of a session unreadable in whatever way the store knows: removes or
   * garbles it behind the backend's back. What else is stored of it (its entry in a bucket, say, or
   * in its worker's active set) stays.
   */
  void damage(String org, String sessionId);

  /**
   * Returns the keys, entries and parts of records of an org that docs/rules.md, "Left in the
   * store", doesn't allow, in any words.
   */
  List<String> leftovers(String org);

  /**
   * The indexes of an org that don't follow from its records, in whatever words name them; nothing
   * where all do, or where the store keeps none apart from its records.
   */
  default String contradictions(String org) {
    return "";
  }

  /**
   * Takes the item of a session away behind the backend's back, and nothing else of it. Who runs
   * the cases must do it; the histories never ask.
   */
  default void loseItem(String org, String sessionId) {
    throw new UnsupportedOperationException("no item can be lost here");
  }

  /** Closes what was opened for one test. The store may live on for the next one. */
  @Override
  void close();
}
