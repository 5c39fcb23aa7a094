package dev.sluice.service.edge;

/**
 * The reason why the body of a call was not received. It is an attribute of the request, under
 * {@link #ATTRIBUTE}, and the body reads as empty.
 *
 * @param limit bytes, or bytes a second, where the reason has one
 */
public record RefusedBody(Reason reason, long limit) {

  /** The name of the attribute. */
  public static final String ATTRIBUTE = "dev.sluice.refused-body";

  /** Reasons. */
  public enum Reason {
    /** The credential doesn't count, and no call without one reads this body. */
    NOT_WANTED,
    /** It is longer than the limit. */
    TOO_LARGE,
    /** It arrives more slowly than the limit. */
    TOO_SLOW,
    /** Bodies of other calls hold all the memory there is for them. */
    NO_MEMORY,
    /** The client went silent or closed the connection. */
    BROKEN_OFF
  }
}
