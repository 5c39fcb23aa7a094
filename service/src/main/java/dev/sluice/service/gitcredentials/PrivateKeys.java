package dev.sluice.service.gitcredentials;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unencrypted RSA in PEM: PKCS#1, as GitHub issues it, or PKCS#8. */
final class PrivateKeys {

  /** Required by RS256. */
  private static final int LEAST_BITS = 2_048;

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA PRIVATE KEY|PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** DER of version 0 and the algorithm rsaEncryption without parameters. */
  private static final byte[] RSA_IN_PKCS8 = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PrivateKeys() {}

  /**
   * Line ends may be {@code \n} in two characters, as in environment variables. Errors have no word
   * of the key.
   */
  static PrivateKey read(String text) {
    Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          text.contains("ENCRYPTED")
              ? "holds an encrypted key, which can't be used"
              : "holds no private key in PEM, PKCS#1 or PKCS#8");
    }
    PrivateKey key;
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 = pem.group(1).startsWith("RSA") ? pkcs8(der) : der;
      key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) { // which may quote the key
      throw new IllegalArgumentException("holds no RSA key that can be read");
    }
    if (!(key instanceof RSAPrivateKey rsa) || rsa.getModulus().bitLength() < LEAST_BITS) {
      throw new IllegalArgumentException("holds an RSA key of less than 2048 bits");
    }
    return key;
  }

  private static byte[] pkcs8(byte[] pkcs1) {
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    inside.writeBytes(RSA_IN_PKCS8);
    inside.writeBytes(der(OCTET_STRING, pkcs1));
    return der(SEQUENCE, inside.toByteArray());
  }

  private static byte[] der(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 0x80) {
      out.write(value.length);
    } else {
      int bytes = (39 - Integer.numberOfLeadingZeros(value.length)) / 8; // as few as it takes
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(value.length >> shift);
      }
    }
    out.writeBytes(value);
    return out.toByteArray();
  }
}
