package dev.sluice.service.http.direct;

/** The direct calls that the threads which read from connections serve themselves. */
public enum Readers {
  /** The store is elsewhere, or there is TLS: one slow call would hold up other connections. */
  SERVE_NONE,
  /** A poll may fetch credentials. */
  SERVE_ALL_BUT_POLLS,
  SERVE_ALL;

  public static Readers of(boolean allIsNear, boolean pollsFetch) {
    if (!allIsNear) {
      return SERVE_NONE;
    }
    return pollsFetch ? SERVE_ALL_BUT_POLLS : SERVE_ALL;
  }

  boolean serve(DirectMethod method) {
    return this == SERVE_ALL || this == SERVE_ALL_BUT_POLLS && !method.suspends();
  }
}
