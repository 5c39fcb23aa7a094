package dev.sluice.backend.work;

/** Hashes that tell the contents of items apart. A store may keep the beginning alone. */
public final class ContentHash {

  /** Characters of a SHA-256 in Base64. */
  private static final int SHA_256 = 43;

  /** Characters with 132 bits. */
  private static final int ENOUGH = SHA_256 / 2 + 1;

  private ContentHash() {}

  /** Leaves 132 bits of a SHA-256; other hashes stay. */
  public static String shortened(String hash) {
    return hash.length() == SHA_256 ? hash.substring(0, ENOUGH) : hash;
  }

  /** True if both are of one content, each whole or shortened. */
  public static boolean same(String a, String b) {
    return a.equals(b) || shortened(a).equals(shortened(b)) && a.length() != b.length();
  }
}
