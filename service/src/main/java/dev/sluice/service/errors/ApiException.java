package dev.sluice.service.errors;

import org.jspecify.annotations.Nullable;

public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_NAME = 256;

  private final ErrorCode code;
  private final @Nullable String field;
  private final long retryAfterSeconds;
  private final transient @Nullable RatePolicy policy;
  private final @Nullable String oldest;

  private ApiException(ErrorCode code, String message) {
    this(code, message, null);
  }

  private ApiException(ErrorCode code, String message, @Nullable String field) {
    this(code, message, field, 1, null, null);
  }

  private ApiException(
      ErrorCode code,
      String message,
      @Nullable String field,
      long retryAfterSeconds,
      @Nullable RatePolicy policy,
      @Nullable String oldest) {
    super(message, null, false, false); // an answer, not a fault: no stack trace
    this.retryAfterSeconds = retryAfterSeconds;
    this.policy = policy;
    this.oldest = oldest;
    this.code = code;
    this.field = field;
  }

  /** The message is the field and the problem. */
  public static ApiException invalid(String field, String problem) {
    String name = // it may be the caller's own, of any length
        field.length() <= MAX_NAME ? field : field.substring(0, MAX_NAME) + "...";
    return new ApiException(ErrorCode.INVALID_FIELD, name + " " + problem, name);
  }

  public static ApiException publicId() {
    return new ApiException(ErrorCode.INVALID_FIELD, WireTexts.INVALID_PUBLIC_ID, "sessionId");
  }

  /** 400. */
  public static ApiException malformed(String message) {
    return new ApiException(ErrorCode.MALFORMED_BODY, message, "body");
  }

  public static ApiException invalidKey() {
    return new ApiException(ErrorCode.INVALID_CREDENTIAL, WireTexts.INVALID_KEY);
  }

  public static ApiException tokenExpired() {
    return new ApiException(ErrorCode.TOKEN_EXPIRED, WireTexts.TOKEN_EXPIRED);
  }

  public static ApiException workerGone() {
    return new ApiException(ErrorCode.WORKER_GONE, WireTexts.WORKER_GONE);
  }

  public static ApiException loginEnded() {
    return new ApiException(ErrorCode.LOGIN_ENDED, WireTexts.SESSION_ENDED);
  }

  public static ApiException loginFailed() {
    return new ApiException(ErrorCode.LOGIN_FAILED, "Wrong name or password");
  }

  /** 403. Never for a worker or a token that is gone: some clients don't recover from it. */
  public static ApiException forbidden(String message) {
    return new ApiException(ErrorCode.FORBIDDEN, message);
  }

  /** 403 for a session that has no owner. */
  public static ApiException ownedByNone() {
    return new ApiException(ErrorCode.NOT_OWNER, WireTexts.NOT_OWNER + ", or by none");
  }

  /** 404 for a worker with a record but a revoked credential. */
  public static ApiException workerNotFound() {
    return new ApiException(ErrorCode.WORKER_NOT_FOUND, WireTexts.WORKER_NOT_FOUND);
  }

  /** 404 also for a session that the caller may not see. */
  public static ApiException sessionNotFound() {
    return new ApiException(ErrorCode.SESSION_NOT_FOUND, WireTexts.SESSION_NOT_FOUND);
  }

  public static ApiException hostNotFound() {
    return new ApiException(ErrorCode.HOST_NOT_FOUND, "Host not found");
  }

  /** 404 also for a batch of which the caller may see no item. */
  public static ApiException batchNotFound() {
    return new ApiException(ErrorCode.BATCH_NOT_FOUND, "Batch not found");
  }

  public static ApiException stopNotFound() {
    return new ApiException(ErrorCode.STOP_NOT_FOUND, WireTexts.STOP_NOT_FOUND);
  }

  public static ApiException findingNotFound() {
    return new ApiException(ErrorCode.FINDING_NOT_FOUND, WireTexts.FINDING_NOT_FOUND);
  }

  public static ApiException keyNotFound() {
    return new ApiException(ErrorCode.KEY_NOT_FOUND, "Key not found");
  }

  /** 404 also for a webhook of projects that the caller may not see. */
  public static ApiException webhookNotFound() {
    return new ApiException(ErrorCode.WEBHOOK_NOT_FOUND, "Webhook not found");
  }

  public static ApiException deliveryNotFound() {
    return new ApiException(
        ErrorCode.DELIVERY_NOT_FOUND,
        "Delivery not found: the webhook has not come to this event, or it is no longer kept");
  }

  /** 409. */
  public static ApiException wrongState(String message) {
    return new ApiException(ErrorCode.WRONG_STATE, message);
  }

  public static ApiException conflict(String message) {
    return new ApiException(ErrorCode.CONFLICT, message);
  }

  public static ApiException conflict(String field, String problem) {
    return new ApiException(ErrorCode.CONFLICT, field + " " + problem, field);
  }

  /** 422: the idempotency key was used with another body. */
  public static ApiException keyReused(String field) {
    return new ApiException(ErrorCode.KEY_REUSED, field + " was used with another body", field);
  }

  /** The message names the replacement. */
  public static ApiException gone(String message) {
    return new ApiException(ErrorCode.GONE, WireTexts.GONE + ": " + message);
  }

  /**
   * 410 for a reader of the event log that has missed events.
   *
   * @param oldest the cursor from which it can go on
   */
  public static ApiException cursorExpired(String field, String oldest) {
    String message =
        field
            + " is too old, or of a store that was set back: the events behind it are not kept. "
            + oldest
            + " is the oldest cursor";
    return new ApiException(ErrorCode.CURSOR_EXPIRED, message, field, 1, null, oldest);
  }

  public static ApiException tooLarge(String field, long limitBytes) {
    return new ApiException(
        ErrorCode.TOO_LARGE, field + " must be at most " + limitBytes + " bytes", field);
  }

  public static ApiException tooLong(String field, int limit) {
    return new ApiException(
        ErrorCode.TOO_MANY_ENTRIES, field + " must hold at most " + limit + " entries", field);
  }

  /** {@code setting} has the limit. */
  public static ApiException tooSlow(String field, long bytesPerSecond, String setting) {
    return new ApiException(
        ErrorCode.TOO_SLOW,
        field + " must arrive at " + bytesPerSecond + " bytes a second at least (" + setting + ")",
        field);
  }

  /** 503. */
  public static ApiException noRoom(String field, String problem) {
    return new ApiException(ErrorCode.BUSY, field + " " + problem, field);
  }

  /** {@code retryAfterSeconds} is at least 1. */
  public static ApiException tooMany(String message, long retryAfterSeconds) {
    return new ApiException(ErrorCode.RATE_LIMITED, message, null, retryAfterSeconds, null, null);
  }

  /** {@code retryAfterSeconds} is at least 1. */
  public static ApiException tooMany(String message, long retryAfterSeconds, RatePolicy policy) {
    return new ApiException(ErrorCode.RATE_LIMITED, message, null, retryAfterSeconds, policy, null);
  }

  /** Adds the name of an outer member before the field. */
  public ApiException inside(String outer) {
    return new ApiException(code, outer + "." + getMessage(), outer + "." + field);
  }

  public int status() {
    return code.status();
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** The rate that refused the call, or null. */
  public @Nullable RatePolicy policy() {
    return policy;
  }

  public @Nullable String field() {
    return field;
  }

  public ApiError body() {
    String text = String.valueOf(getMessage());
    return new ApiError(text, text, code, field, null, oldest);
  }
}
