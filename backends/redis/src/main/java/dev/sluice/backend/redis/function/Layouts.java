package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;

/**
 * The layouts of the stored data that this node reads, and the one in force: docs/redis.md, "Stored
 * data".
 *
 * @param inForce given to new orgs; each org has a number of its own, which says what to write
 */
record Layouts(int oldest, int newest, int inForce) {

  /** The cause of a refusal. */
  static final class OtherLayoutException extends UnfitException {

    private static final long serialVersionUID = 1L;

    private final boolean newer;

    private OtherLayoutException(String message, boolean newer) {
      super(message, null);
      this.newer = newer;
    }

    boolean newer() {
      return newer;
    }
  }

  Layouts with(int nowInForce) {
    return new Layouts(oldest, newest, nowInForce);
  }

  /**
   * @param found a layout that is not read
   */
  BackendUnavailableException refusal(String found) {
    boolean newer = found.matches("\\d{1,9}") && Integer.parseInt(found) > newest;
    String read = oldest == newest ? "layout " + newest : "layouts " + oldest + " to " + newest;
    String message =
        "the stored data has layout "
            + found
            + (newer
                ? ", this Sluice knows up to " + newest + ": start the newer release"
                : ", this Sluice reads " + read + ": start a release that reads it");
    return new BackendUnavailableException(
        message, false, new OtherLayoutException(message, newer));
  }
}
