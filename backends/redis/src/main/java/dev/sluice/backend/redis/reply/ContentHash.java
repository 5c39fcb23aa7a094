package dev.sluice.backend.redis.reply;

/** Content hashes of items as stored. */
public final class ContentHash {

  /** Characters of a SHA-256 in Base64. */
  private static final int SHA_256 = 43;

  private ContentHash() {}

  /** 132 bits of a SHA-256 tell contents apart. */
  public static String stored(String hash) {
    return hash.length() == SHA_256 ? hash.substring(0, SHA_256 / 2 + 1) : hash;
  }
}
