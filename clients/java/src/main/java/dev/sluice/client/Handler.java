package dev.sluice.client;

/** Runs sessions. */
@FunctionalInterface
public interface Handler {

  /**
   * Runs a session on a thread of its own.
   *
   * <p>The thread is interrupted when the session is stopped, or belongs to another worker now;
   * return soon then. An exception fails the session with its text.
   */
  Outcome run(Session session) throws Exception;
}
