package dev.sluice.service.errors;

/** Texts that clients match. A test pins each. */
public final class WireTexts {

  /** 404. Clients register again on it. */
  public static final String WORKER_NOT_FOUND = "Worker not found";

  /** 401. The Go daemon refreshes its token on it. */
  public static final String TOKEN_EXPIRED = "Runtime token expired";

  /** 401, for the runtime token of a deregistered or revoked worker. */
  public static final String WORKER_GONE = "Worker is no longer registered";

  /** 403. The TypeScript worker stops emitting for the session on it. */
  public static final String NOT_OWNER = "Session is owned by another worker";

  public static final String INVALID_KEY = "Invalid or missing API key";

  /** 401, for an operator's cookie. */
  public static final String SESSION_ENDED = "Not logged in any more; log in again";

  public static final String SESSION_NOT_FOUND = "Session not found";

  public static final String STOP_NOT_FOUND = "Stop not found";

  public static final String FINDING_NOT_FOUND = "Finding not found";

  public static final String GONE = "Gone";

  public static final String INVALID_PUBLIC_ID = "Invalid session ID format";

  private WireTexts() {}
}
