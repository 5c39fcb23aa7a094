package dev.sluice.backend;

/** The store doesn't answer. The caller may repeat the operation; see {@link #outcomeUnknown()}. */
public final class BackendUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean outcomeUnknown;

  /**
   * @param message for people; names no secret
   * @param outcomeUnknown whether the operation may have been carried out although no answer came
   */
  public BackendUnavailableException(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
