package dev.sluice.service.edge;

/**
 * The reason why a body was not received. It is the request attribute {@link #ATTRIBUTE}; the body
 * reads as empty.
 *
 * @param limit bytes, or bytes a second, if the reason has a limit
 */
public record RefusedBody(Reason reason, long limit) {

  public static final String ATTRIBUTE = "dev.sluice.refused-body";

  public enum Reason {
    /** The credential is invalid, and no open call reads this body. */
    NOT_WANTED,
    TOO_LARGE,
    TOO_SLOW,
    NO_MEMORY,
    /** The client went silent or closed the connection. */
    BROKEN_OFF
  }
}
