package dev.sluice.service.edge;

/** Tells known credentials from unknown ones. May ask the store. */
public interface Callers {

  /**
   * True if a credential counts.
   *
   * @param authorization the value of that header
   * @param remoteAddress the address of the caller
   */
  boolean knowsAuthorization(String authorization, String remoteAddress);

  /** True if an operator's cookie counts. */
  boolean knowsCookie(String value);
}
