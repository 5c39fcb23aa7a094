package dev.sluice.backend.webhooks;

/**
 * @param version 1, and one more with each change
 * @param text as it was given
 */
public record StoredWebhook(String id, long version, String text) {

  /** Leaves out the text, which may have secrets. */
  @Override
  public String toString() {
    return "StoredWebhook[" + id + ", " + version + "]";
  }
}
