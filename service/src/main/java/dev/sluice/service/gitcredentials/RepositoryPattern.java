package dev.sluice.service.gitcredentials;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repositories of a static token: one exact clone URL, or {@code host/owner/name} with an
 * optional {@code *} at the end.
 */
final class RepositoryPattern {

  /** The star follows the host at least, so a token never fits similar host names. */
  private static final Pattern PLACE =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[A-Za-z0-9._~/-]*\\*?");

  private final String text;
  private final boolean url;

  private RepositoryPattern(String text, boolean url) {
    this.text = text;
    this.url = url;
  }

  static @Nullable RepositoryPattern of(String text) {
    if (CloneUrl.parse(text) != null) {
      return new RepositoryPattern(text, true);
    }
    return PLACE.matcher(text).matches() && !text.endsWith("/")
        ? new RepositoryPattern(text, false)
        : null;
  }

  /** True if the star stands for the rest of a name, and for other names too. */
  boolean endsWithinName() {
    return text.endsWith("*") && !text.endsWith("/*");
  }

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
