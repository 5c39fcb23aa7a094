package dev.sluice.service.api;

import dev.sluice.backend.work.PublicId;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Public ids of sessions, stored at the enqueue. */
public final class PublicIds {

  private static final int SHORT = 16;
  private static final int LONG = 32;

  private final @Nullable String salt;

  /**
   * The salt keys the short form, so that it can't be derived from a session id; null for a plain
   * hash.
   */
  public PublicIds(@Nullable String salt) {
    this.salt = salt;
  }

  /** 16 hex digits. */
  public String shortForm(String sessionId) {
    return hex(salt == null ? sha256(sessionId) : hmac(salt, sessionId)).substring(0, SHORT);
  }

  /** 32 hex digits, independent of the salt. Not a secret. */
  public static String accessHash(String sessionId) {
    return hex(sha256("session:" + sessionId)).substring(0, LONG);
  }

  /** 32 hex digits, which can't be derived without the salt. */
  public String embedHash(String sessionId) {
    if (salt == null) {
      throw new IllegalStateException("an embed's hash needs a salt");
    }
    return hex(hmac(salt, "session:" + sessionId)).substring(0, LONG);
  }

  public List<String> of(String sessionId) {
    return List.of(shortForm(sessionId), accessHash(sessionId));
  }

  public static String check(String publicId) {
    if (!PublicId.possible(publicId)) {
      throw ApiException.publicId();
    }
    return publicId;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
