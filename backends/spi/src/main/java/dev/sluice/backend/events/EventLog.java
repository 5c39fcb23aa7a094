package dev.sluice.backend.events;

import dev.sluice.backend.Rules;

/**
 * The event log: docs/rules.md, "Event log". An event is written in the step that makes its change.
 * Sweeps drop those older than {@link Rules.Kept#loggedMs()}. The latest {@link
 * Rules.Kept#maxLogged()} of an org are kept, and at most {@link #MAX_MORE} more.
 */
public interface EventLog {

  /** The most events of a page, and that a sweep drops of an org by their age. */
  int MAX_PAGE = 1_000;

  /** The number of events that are dropped at once, which is cheaper than one by one. */
  int MAX_MORE = 256;

  /**
   * Returns the events behind a number, the oldest first; does not wait for more.
   *
   * @param after the number of the last known event; 0 before the first one
   * @param limit from 1 to {@link #MAX_PAGE}
   */
  EventPage after(String org, long after, int limit);
}
