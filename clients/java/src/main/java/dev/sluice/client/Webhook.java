package dev.sluice.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the posts of Sluice's webhook. */
public final class Webhook {

  /** Posts that are older, or further in the future, are refused. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Webhook() {}

  /**
   * True if Sluice has signed the body with the secret, not long ago.
   *
   * @param timestamp the header {@code X-Sluice-Timestamp}
   * @param signature the header {@code X-Sluice-Signature}
   * @param body the bytes as they were received
   * @param now the present time
   */
  public static boolean verify(
      String secret, String timestamp, String signature, byte[] body, Instant now) {
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    byte[] expected = ("v1=" + hmac(secret, timestamp, body)).getBytes(StandardCharsets.UTF_8);
    boolean signed = false;
    for (String each : signature.split(",", -1)) {
      signed |= MessageDigest.isEqual(expected, each.strip().getBytes(StandardCharsets.UTF_8));
    }
    return signed && age.compareTo(TOLERANCE) <= 0;
  }

  private static String hmac(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
