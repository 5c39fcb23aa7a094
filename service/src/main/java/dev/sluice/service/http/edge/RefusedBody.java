package dev.sluice.service.http.edge;

/**
 * The request attribute {@link #ATTRIBUTE}; the body reads as empty. {@code limit} is in bytes or
 * bytes a second.
 */
public record RefusedBody(Reason reason, long limit) {

  public static final String ATTRIBUTE = "dev.sluice.refused-body";

  public enum Reason {
    /** The credential is invalid, and no open call reads this body. */
    NOT_WANTED,
    TOO_LARGE,
    TOO_SLOW,
    NO_MEMORY,
    BROKEN_OFF
  }
}
