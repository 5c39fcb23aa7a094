package dev.sluice.backend;

/** The reason of a refusal. A refusal changed nothing. */
public enum Refusal {
  /** Unknown worker, or not one of the caller's. */
  UNKNOWN_WORKER,
  UNKNOWN_SESSION,
  UNKNOWN_JOB,
  UNKNOWN_STOP,
  /** The worker doesn't own the session, or named an older claim. */
  NOT_OWNER,
  WRONG_STATE,
  /** The id exists with other content. */
  CONFLICT,
  /** The {@link Idempotency} key was used for other content. */
  KEY_REUSED,
  /** The project or the org would have too many sets of required capabilities. */
  TOO_MANY_CAPABILITY_SETS,
  /** The org or the node has no room for more bytes. */
  STORE_FULL,
  TOO_MANY_WORKERS,
  /** The org has work, limits or pauses of too many projects. */
  TOO_MANY_PROJECTS,
  QUEUE_FULL,
  /** The session has too many unacknowledged messages. */
  INBOX_FULL,
  /** The stored record can't be read; health names it. */
  DAMAGED,
  REVOKED,
  /** The cursor was not made by this server, or for another list. */
  BAD_CURSOR,
  /** An earlier step took too long; the call can be repeated. */
  RETRY;

  /**
   * Returns the message, the same on every backend.
   *
   * @param id of the refused object
   */
  String words(String id) {
    return switch (this) {
      case UNKNOWN_WORKER -> "no worker " + id;
      case UNKNOWN_SESSION -> "no session " + id;
      case UNKNOWN_JOB -> "no job " + id;
      case UNKNOWN_STOP -> "no stop " + id;
      case NOT_OWNER -> "session " + id + " belongs to another worker or to none";
      case WRONG_STATE -> "session " + id + " is in a state that does not allow it";
      case CONFLICT -> id + " is taken by other content";
      case KEY_REUSED -> "the key of the call was used for other content";
      case TOO_MANY_CAPABILITY_SETS ->
          "the work needs more sets of required capabilities than there may be";
      case STORE_FULL -> "the org, or the node, stores as many bytes as it may";
      case TOO_MANY_WORKERS -> "the org has as many workers as it may";
      case TOO_MANY_PROJECTS -> "the org has as many projects as it may";
      case QUEUE_FULL -> "the org has as much waiting work as it may";
      case INBOX_FULL -> "the inbox of session " + id + " is full";
      case DAMAGED -> "the record of " + id + " is damaged";
      case REVOKED -> "the key of worker " + id + " was revoked";
      case BAD_CURSOR -> "cursor is not one of this server";
      case RETRY -> "storing the text took too long; the same again is safe";
    };
  }
}
