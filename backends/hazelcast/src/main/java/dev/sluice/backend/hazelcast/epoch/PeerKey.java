package dev.sluice.backend.hazelcast.epoch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what members say to each other, with a key for each connection. */
final class PeerKey {

  static final int NONCE = 16;
  static final int SIGNATURE = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private PeerKey(byte[] key) {
    this.key = key;
  }

  /**
   * @param members the configured list: members with different lists don't understand each other
   */
  static PeerKey of(String clusterName, String secret, String members) {
    byte[] root = ("sluice-epochs-1\n" + secret).getBytes(UTF_8);
    return new PeerKey(sign(root, (clusterName + "\n" + members).getBytes(UTF_8)));
  }

  PeerKey ofConnection(int from, int to, byte[] nonceOfCaller, byte[] nonceOfListener) {
    ByteBuffer about = ByteBuffer.allocate(2 + 2 * NONCE);
    about.put((byte) from).put((byte) to).put(nonceOfCaller).put(nonceOfListener);
    return new PeerKey(sign(key, about.array()));
  }

  /**
   * @param number of the frame on its connection, so none can be repeated or left out
   */
  byte[] sign(long number, byte[] payload) {
    return sign(
        key, ByteBuffer.allocate(Long.BYTES + payload.length).putLong(number).put(payload).array());
  }

  private static byte[] sign(byte[] key, byte[] what) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(what);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
