package dev.sluice.service.errors;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The codes of errors. A code never changes its name, and each has a row in docs/protocol.md,
 * "Errors".
 */
public enum ErrorCode {
  INVALID_FIELD(400),
  INVALID_CURSOR(400),
  MALFORMED_BODY(400),
  MALFORMED_REQUEST(400),

  INVALID_CREDENTIAL(401),
  TOKEN_EXPIRED(401),
  WORKER_GONE(401),
  LOGIN_ENDED(401),
  LOGIN_FAILED(401),

  FORBIDDEN(403),
  NOT_OWNER(403),

  WORKER_NOT_FOUND(404),
  SESSION_NOT_FOUND(404),
  JOB_NOT_FOUND(404),
  BATCH_NOT_FOUND(404),
  STOP_NOT_FOUND(404),
  FINDING_NOT_FOUND(404),
  HOST_NOT_FOUND(404),
  KEY_NOT_FOUND(404),
  WEBHOOK_NOT_FOUND(404),
  DELIVERY_NOT_FOUND(404),
  NO_SUCH_PATH(404),
  NOT_SERVED(404),

  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  TOO_SLOW(408),

  WRONG_STATE(409),
  CONTENT_DIFFERS(409),
  ID_TAKEN(409),
  ORG_NOT_EMPTY(409),
  CONFLICT(409),

  GONE(410),
  CURSOR_EXPIRED(410),
  TOO_LARGE(413),
  TOO_MANY_ENTRIES(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  KEY_REUSED(422),

  INBOX_FULL(429),
  QUEUE_FULL(429),
  STORE_FULL(429),
  TOO_MANY_PROJECTS(429),
  TOO_MANY_CAPABILITY_SETS(429),
  TOO_MANY_WORKERS(429),
  RATE_LIMITED(429),

  HEADER_TOO_LARGE(431),

  INTERNAL(500),
  DAMAGED_RECORD(500),

  STORE_UNAVAILABLE(503),
  RETRY(503),
  ORG_CLOSED(503),
  UPGRADING(503),
  BUSY(503);

  private final int status;
  private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ErrorCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  @JsonValue
  public String wire() {
    return wire;
  }

  /** The code of an error that no call of ours has raised, such as an unknown path. */
  static ErrorCode ofStatus(int status) {
    return switch (status) {
      case 404 -> NO_SUCH_PATH;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> TOO_SLOW;
      case 413 -> TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 431 -> HEADER_TOO_LARGE;
      case 500 -> INTERNAL;
      case 503 -> BUSY;
      default -> MALFORMED_REQUEST;
    };
  }
}
