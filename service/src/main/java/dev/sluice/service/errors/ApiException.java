package dev.sluice.service.errors;

import org.jspecify.annotations.Nullable;

public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_NAME = 256;

  private final int status;
  private final @Nullable String field;
  private final long retryAfterSeconds;

  private ApiException(int status, String message, @Nullable String field) {
    this(status, message, field, 1);
  }

  private ApiException(int status, String message, @Nullable String field, long retryAfterSeconds) {
    super(message, null, false, false); // an answer, not a fault: no stack trace
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = status;
    this.field = field;
  }

  /** The message is the field and the problem. */
  public static ApiException invalid(String field, String problem) {
    String name = // it may be the caller's own, of any length
        field.length() <= MAX_NAME ? field : field.substring(0, MAX_NAME) + "...";
    return new ApiException(400, name + " " + problem, name);
  }

  public static ApiException publicId() {
    return new ApiException(400, WireTexts.INVALID_PUBLIC_ID, "sessionId");
  }

  /** 400. */
  public static ApiException malformed(String message) {
    return new ApiException(400, message, "body");
  }

  public static ApiException unauthenticated(String message) {
    return new ApiException(401, message, null);
  }

  /** 403. Never for a worker or a token that is gone: some clients don't recover from it. */
  public static ApiException forbidden(String message) {
    return new ApiException(403, message, null);
  }

  /** 404 for a worker with a record but a revoked credential. */
  public static ApiException workerNotFound() {
    return new ApiException(404, WireTexts.WORKER_NOT_FOUND, null);
  }

  /** 404 also for a session that the caller may not see. */
  public static ApiException sessionNotFound() {
    return new ApiException(404, WireTexts.SESSION_NOT_FOUND, null);
  }

  public static ApiException hostNotFound() {
    return new ApiException(404, "Host not found", null);
  }

  public static ApiException stopNotFound() {
    return new ApiException(404, WireTexts.STOP_NOT_FOUND, null);
  }

  public static ApiException findingNotFound() {
    return new ApiException(404, WireTexts.FINDING_NOT_FOUND, null);
  }

  public static ApiException keyNotFound() {
    return new ApiException(404, "Key not found", null);
  }

  public static ApiException conflict(String message) {
    return new ApiException(409, message, null);
  }

  public static ApiException conflict(String field, String problem) {
    return new ApiException(409, field + " " + problem, field);
  }

  /** 422: the idempotency key was used with another body. */
  public static ApiException keyReused(String field) {
    return new ApiException(422, field + " was used with another body", field);
  }

  /** The message names the replacement. */
  public static ApiException gone(String message) {
    return new ApiException(410, WireTexts.GONE + ": " + message, null);
  }

  public static ApiException tooLarge(String field, long limitBytes) {
    return new ApiException(413, field + " must be at most " + limitBytes + " bytes", field);
  }

  public static ApiException tooLong(String field, int limit) {
    return new ApiException(413, field + " must hold at most " + limit + " entries", field);
  }

  /** {@code setting} has the limit. */
  public static ApiException tooSlow(String field, long bytesPerSecond, String setting) {
    return new ApiException(
        408,
        field + " must arrive at " + bytesPerSecond + " bytes a second at least (" + setting + ")",
        field);
  }

  /** 503. */
  public static ApiException noRoom(String field, String problem) {
    return new ApiException(503, field + " " + problem, field);
  }

  /** {@code retryAfterSeconds} is at least 1. */
  public static ApiException tooMany(String message, long retryAfterSeconds) {
    return new ApiException(429, message, null, retryAfterSeconds);
  }

  /** Adds the name of an outer member before the field. */
  public ApiException inside(String outer) {
    return new ApiException(status, outer + "." + getMessage(), outer + "." + field);
  }

  public int status() {
    return status;
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public @Nullable String field() {
    return field;
  }

  public ApiError body() {
    String text = String.valueOf(getMessage());
    return new ApiError(text, text, field, null);
  }
}
