package dev.sluice.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the posts of Sluice's webhooks. */
public final class Webhook {

  /** Posts that are older, or further in the future, are refused. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";

  private Webhook() {}

  /**
   * True if Sluice has signed the body with the secret, not long ago.
   *
   * @param id the header {@code webhook-id}
   * @param timestamp the header {@code webhook-timestamp}
   * @param signature the header {@code webhook-signature}
   * @param body the bytes as they were received
   * @param now the present time
   */
  public static boolean verify(
      String secret, String id, String timestamp, String signature, byte[] body, Instant now) {
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    byte[] key = key(secret);
    if (key.length == 0 || age.compareTo(TOLERANCE) > 0) {
      return false;
    }
    byte[] expected =
        ("v1," + hmac(key, id + "." + timestamp + ".", body)).getBytes(StandardCharsets.UTF_8);
    boolean signed = false;
    for (String each : signature.split(" ", -1)) {
      signed |= MessageDigest.isEqual(expected, each.getBytes(StandardCharsets.UTF_8));
    }
    return signed;
  }

  /** Returns no bytes for a secret that is none. */
  private static byte[] key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String hmac(byte[] key, String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
