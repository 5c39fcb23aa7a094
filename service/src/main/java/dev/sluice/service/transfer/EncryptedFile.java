package dev.sluice.service.transfer;

import dev.sluice.service.auth.secrets.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An encrypted export: docs/transfer.md, "Encrypted backups". The header has a salt, so each file
 * has keys of its own. Behind it are chunks, each sealed with its number and whether it is the
 * last.
 */
final class EncryptedFile {

  private static final byte[] MAGIC = "sluice-encrypted-1\n".getBytes(StandardCharsets.US_ASCII);

  private static final int ITERATIONS = 600_000;

  /** More would only keep a reader busy. */
  private static final int MAX_ITERATIONS = 10_000_000;

  private static final int SALT = 16;
  private static final int KEY = 32;
  private static final int HEADER = MAGIC.length + Integer.BYTES + SALT;

  private static final int CHUNK = 1 << 16;
  private static final int TAG = 16;
  private static final int NONCE = 12;

  private EncryptedFile() {}

  /** The file is not what its key has written. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  static boolean encrypted(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return begins(in.readNBytes(MAGIC.length));
    }
  }

  private static boolean begins(byte[] file) {
    return file.length >= MAGIC.length
        && Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length);
  }

  static OutputStream write(OutputStream out, String passphrase) throws IOException {
    return write(out, passphrase, ITERATIONS);
  }

  static OutputStream write(OutputStream out, String passphrase, int iterations)
      throws IOException {
    byte[] salt = HexFormat.of().parseHex(Secrets.randomHex(SALT));
    byte[] header = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(iterations).put(salt).array();
    Keys keys = Keys.of(header, passphrase);
    out.write(header);
    out.write(keys.proof());
    return new Sealing(out, keys);
  }

  /**
   * @throws DamagedException also later, for a chunk that was changed, moved or cut
   */
  static InputStream read(InputStream in, String passphrase) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER || !begins(header)) {
      throw new DamagedException("it is not encrypted, or cut");
    }
    Keys keys = Keys.of(header, passphrase);
    if (!MessageDigest.isEqual(keys.proof(), in.readNBytes(KEY))) {
      throw new DamagedException("the passphrase is not the one of the file, or its header is cut");
    }
    return new Opening(in, keys);
  }

  /**
   * @param proof tells a wrong passphrase from a damaged chunk
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keys(SecretKeySpec key, byte[] proof) {

    static Keys of(byte[] header, String passphrase) throws IOException {
      int iterations = ByteBuffer.wrap(header).getInt(MAGIC.length);
      if (iterations < 1 || iterations > MAX_ITERATIONS) {
        throw new DamagedException("its header is damaged");
      }
      byte[] salt = Arrays.copyOfRange(header, MAGIC.length + Integer.BYTES, HEADER);
      try {
        byte[] secret =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(
                    new PBEKeySpec(passphrase.toCharArray(), salt, iterations, KEY * Byte.SIZE))
                .getEncoded();
        byte[] key = hmac(secret, "seal".getBytes(StandardCharsets.US_ASCII));
        return new Keys(new SecretKeySpec(key, "AES"), hmac(secret, header));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private static byte[] hmac(byte[] secret, byte[] message) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(message);
    }

    /** Each chunk has another nonce, and so has the same chunk as the last one. */
    Cipher cipher(int mode, long chunk, boolean last) throws GeneralSecurityException {
      byte[] nonce = ByteBuffer.allocate(NONCE).putInt(last ? 1 : 0).putLong(chunk).array();
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
      return cipher;
    }
  }

  private static final class Sealing extends OutputStream {

    private final OutputStream out;
    private final Keys keys;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(CHUNK);
    private long chunk;
    private boolean closed;

    Sealing(OutputStream out, Keys keys) {
      this.out = out;
      this.keys = keys;
    }

    @Override
    public void write(int next) throws IOException {
      write(new byte[] {(byte) next}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int at = from;
      while (at < from + length) {
        if (waiting.size() == CHUNK) {
          seal(false);
        }
        int some = Math.min(CHUNK - waiting.size(), from + length - at);
        waiting.write(bytes, at, some);
        at += some;
      }
    }

    private void seal(boolean last) throws IOException {
      try {
        out.write(keys.cipher(Cipher.ENCRYPT_MODE, chunk++, last).doFinal(waiting.toByteArray()));
        waiting.reset();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      try (out) {
        if (!closed) {
          closed = true;
          seal(true);
        }
      }
    }
  }

  private static final class Opening extends InputStream {

    private final PushbackInputStream in;
    private final Keys keys;
    private byte[] opened = {};
    private int at;
    private long chunk;
    private boolean last;

    Opening(InputStream in, Keys keys) {
      this.in = new PushbackInputStream(in);
      this.keys = keys;
    }

    @Override
    public int read() throws IOException {
      return more() ? opened[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int some = Math.min(length, opened.length - at);
      System.arraycopy(opened, at, bytes, from, some);
      at += some;
      return some;
    }

    private boolean more() throws IOException {
      while (at == opened.length && !last) {
        byte[] sealed = in.readNBytes(CHUNK + TAG);
        int next = in.read();
        last = next < 0;
        if (!last) {
          in.unread(next);
        }
        opened = open(sealed);
        at = 0;
        chunk++;
      }
      return at < opened.length;
    }

    private byte[] open(byte[] sealed) throws IOException {
      try {
        if (sealed.length < TAG) {
          throw new GeneralSecurityException("shorter than its tag");
        }
        return keys.cipher(Cipher.DECRYPT_MODE, chunk, last).doFinal(sealed);
      } catch (GeneralSecurityException e) {
        throw new DamagedException("chunk " + chunk + " is changed, moved or cut");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
