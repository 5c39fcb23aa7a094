package dev.sluice.service.gitcredentials;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories a static token is for: one clone URL exactly as written, or {@code
 * host/owner/name}, whatever URL names it, where a {@code *} at the end stands for any rest.
 */
final class RepositoryPattern {

  /** The star stands behind the host at least: no token for hosts that begin alike. */
  private static final Pattern PLACE =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[A-Za-z0-9._~/-]*\\*?");

  private final String text;
  private final boolean url;

  private RepositoryPattern(String text, boolean url) {
    this.text = text;
    this.url = url;
  }

  /** Reads one; null if it is none. */
  static @Nullable RepositoryPattern of(String text) {
    if (CloneUrl.parse(text) != null) {
      return new RepositoryPattern(text, true);
    }
    return PLACE.matcher(text).matches() && !text.endsWith("/")
        ? new RepositoryPattern(text, false)
        : null;
  }

  /**
   * Whether it fits.
   *
   * @param cloneUrl as written
   * @param repository the same, taken apart
   */
  boolean fits(String cloneUrl, CloneUrl repository) {
    if (url) {
      return text.equals(cloneUrl);
    }
    return text.endsWith("*")
        ? repository.place().startsWith(text.substring(0, text.length() - 1))
        : repository.place().equals(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
