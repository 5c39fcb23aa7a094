package dev.sluice.backend;

/**
 * Something a worker tells of its session.
 *
 * @param type what kind of thing, a name
 * @param body what it said, which the store doesn't look into; at most {@link #MAX_BODY_BYTES}
 *     bytes of UTF-8
 */
public record NewActivity(String type, String body) {

  /** Most bytes of a body. */
  public static final int MAX_BODY_BYTES = 64 * 1024;
}
