package dev.sluice.backend.findings;

import dev.sluice.backend.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A condition that a node sees now.
 *
 * @param kind a word such as {@code no-worker}
 * @param subject project, host or session that it is about; empty if the org
 * @param project empty if it belongs to none
 * @param words a sentence for people
 */
public record SeenFinding(String kind, String subject, String project, String words) {

  /** UTF-8 bytes. */
  public static final int MAX_WORDS = 1_024;

  private static final Pattern KIND = Pattern.compile("[a-z-]{1,40}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final int HASHED_BYTES = 8;

  public SeenFinding {
    if (!KIND.matcher(kind).matches()
        || isNoName(subject, Names.MAX_BYTES)
        || isNoName(project, Names.MAX_BYTES)
        || isNoName(words, MAX_WORDS)) {
      throw new IllegalArgumentException("can't store finding " + kind + " of " + subject);
    }
  }

  private static boolean isNoName(String text, int maxBytes) {
    return !text.isEmpty() && Names.problem(text, maxBytes) != null;
  }

  /**
   * Names the finding within its org, in paths too: letters, digits, hyphens and dots. A hash
   * replaces a subject with other characters.
   */
  public String key() {
    if (subject.isEmpty()) {
      return kind;
    }
    return kind + "." + (PLAIN.matcher(subject).matches() ? subject : "." + hash(subject));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASHED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
