package dev.sluice.backend;

/** A refusal changed nothing. */
public enum Refusal {
  /** Unknown worker, or not one of the caller's. */
  UNKNOWN_WORKER,
  UNKNOWN_SESSION,
  UNKNOWN_JOB,
  UNKNOWN_STOP,
  /** The worker isn't the owner, or named an older claim. */
  NOT_OWNER,
  WRONG_STATE,
  /** The id exists with other content. */
  CONFLICT,
  /** The {@link Idempotency} key has other content. */
  KEY_REUSED,
  /** The limit of the project or the org. */
  TOO_MANY_CAPABILITY_SETS,
  /** No room for bytes in the org or the node. */
  STORE_FULL,
  TOO_MANY_WORKERS,
  /** Projects with work, limits or a pause. */
  TOO_MANY_PROJECTS,
  QUEUE_FULL,
  /** Too many unacknowledged messages. */
  INBOX_FULL,
  /** Unreadable record; health names it. */
  DAMAGED,
  REVOKED,
  /** Another server's cursor, or another list's. */
  BAD_CURSOR,
  /** An earlier step took too long; repeat the call. */
  RETRY,
  /** For a while, or since it moved: {@link dev.sluice.backend.transfer.Transfers}. */
  CLOSED,
  /** An import needs an empty org. */
  NOT_EMPTY,
  UNKNOWN_FINDING,
  /** Nodes of an older release may still be there. */
  UPGRADING,
  /** The id of new work is the public id of another session. */
  ID_TAKEN,
  /** The call names another worker, which its own hasn't replaced. */
  NOT_REPLACED;

  /** Is the same on every backend. */
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
      case CLOSED -> "org " + id + " is closed for changes";
      case NOT_EMPTY -> "org " + id + " is not empty";
      case UNKNOWN_FINDING -> "no finding " + id;
      case UPGRADING -> "this waits until the last older node has been gone for a minute";
      case ID_TAKEN -> id + " is the public id of another session";
      case NOT_REPLACED -> "worker " + id + " is not one that the caller has replaced";
    };
  }
}
