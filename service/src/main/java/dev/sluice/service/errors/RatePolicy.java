package dev.sluice.service.errors;

/**
 * A rate that refused a call, for the header fields {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-11).
 *
 * @param name the setting
 * @param quota calls in a window
 */
public record RatePolicy(String name, long quota, long windowSeconds) {

  static final String POLICY = "RateLimit-Policy";
  static final String LIMIT = "RateLimit";

  /** A bucket of {@code atOnce} calls that gets {@code perSecond} more. */
  public static RatePolicy ofBucket(String name, int atOnce, int perSecond) {
    return atOnce < perSecond
        ? new RatePolicy(name, perSecond, 1)
        : new RatePolicy(name, atOnce, (atOnce + perSecond - 1) / perSecond);
  }

  String policy() {
    return '"' + name + "\";q=" + quota + ";w=" + windowSeconds;
  }

  String limit(long retryAfterSeconds) {
    return '"' + name + "\";r=0;t=" + retryAfterSeconds;
  }
}
