package dev.sluice.service.auth.secrets;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA256, in the one form {@code
 * pbkdf2-sha256$iterations$salt$hash}, a salt of 16 bytes and a hash of 32 in base64url without
 * padding.
 */
public final class PasswordHash {

  /** How often passwords are hashed unless somebody says otherwise; about half a second. */
  public static final int ITERATIONS = 600_000;

  /** Fewest characters of a password. */
  public static final int MIN_CHARACTERS = 8;

  /** Fewest different characters of a password. */
  public static final int MIN_DIFFERENT = 2;

  /** Most bytes of a password in UTF-8. */
  public static final int MAX_PASSWORD = 1024;

  private static final String FORM = "pbkdf2-sha256";
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password that isn't empty, with a salt of its own. */
  public static PasswordHash of(String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations));
  }

  /** One that costs as much as any other and that no password has. */
  public static PasswordHash ofNobody(int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    RANDOM.nextBytes(salt);
    RANDOM.nextBytes(hash);
    return new PasswordHash(iterations, salt, hash);
  }

  /**
   * Reads its form.
   *
   * @throws IllegalArgumentException if it is another; the message goes behind the name of the
   *     field and shows nothing of it
   */
  public static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    try {
      if (parts.length == 4 && parts[0].equals(FORM)) {
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getUrlDecoder().decode(parts[2]);
        byte[] hash = Base64.getUrlDecoder().decode(parts[3]);
        if (iterations >= 1
            && iterations <= MAX_ITERATIONS
            && salt.length >= SALT_BYTES
            && hash.length == HASH_BYTES) {
          return new PasswordHash(iterations, salt, hash);
        }
      }
    } catch (IllegalArgumentException e) {
      // answered below, without what stands there
    }
    throw new IllegalArgumentException(
        "must have the form " + FORM + "$iterations$salt$hash, as hash-password prints it");
  }

  /**
   * Whether it is that of this password; takes its time, and the same whatever the answer.
   *
   * @param password not empty
   */
  public boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  /** What one comparison costs. */
  public int iterations() {
    return iterations;
  }

  /** Its form; a secret, if a lesser one than the password. */
  public String text() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return FORM
        + "$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  /** Never the hash. */
  @Override
  public String toString() {
    return "PasswordHash[...]";
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    } finally {
      spec.clearPassword();
    }
  }
}
