package dev.sluice.backend;

/** Why an operation was refused. A refusal changed nothing. */
public enum Refusal {
  /** No such worker, or not one of the caller's. */
  UNKNOWN_WORKER,
  /** No such session in this org. */
  UNKNOWN_SESSION,
  /** No such job in this org's batch lane. */
  UNKNOWN_JOB,
  /** No such order to stop many in this org. */
  UNKNOWN_STOP,
  /** The caller's worker doesn't own the session, or named an older claim of it. */
  NOT_OWNER,
  /** The session isn't in a state that allows it. */
  WRONG_STATE,
  /** The id is taken by other content. */
  CONFLICT,
  /** The call's {@link Idempotency} was used for another content. */
  KEY_REUSED,
  /** The project, or the org, would have too many distinct sets of required capabilities. */
  TOO_MANY_CAPABILITY_SETS,
  /** The org, or the node, has as many bytes stored as it may. */
  STORE_FULL,
  /** The org has too many workers. */
  TOO_MANY_WORKERS,
  /** The org has work, limits or pauses of too many projects. */
  TOO_MANY_PROJECTS,
  /** The org has too much waiting work. */
  QUEUE_FULL,
  /** The session has too many unacknowledged messages. */
  INBOX_FULL,
  /** A stored record can't be read; it is named and left as it is. */
  DAMAGED,
  /** The credential was revoked. */
  REVOKED,
  /** The cursor is none that this server gave. */
  BAD_CURSOR,
  /** A step before took too long; the same call again is safe. */
  RETRY;

  /** The words for people, the same on every backend; {@code id} is that of the refused. */
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
