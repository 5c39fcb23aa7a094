package dev.sluice.service.auth.secrets;

import dev.sluice.backend.Cursor;
import dev.sluice.service.auth.secrets.SigningKeys.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the cursors of a list of which a caller may see a part: a page may end at an entry that
 * it may not see. All callers get encrypted cursors, because keys that are bound to projects aren't
 * the only ones that see a part: a registration token sees its own workers.
 *
 * <p>Each list of each org has its own key, derived from the signing secret, so every node opens
 * them.
 */
public final class SealedCursors {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** Positions are padded to a multiple of this, so the length doesn't tell that of a name. */
  private static final int BLOCK = 64;

  private final SigningKeys keys;
  private final String list;

  /**
   * @param list name that no other list has
   */
  public SealedCursors(SigningKeys keys, String list) {
    this.keys = keys;
    this.list = list;
  }

  /** {@code position} is ASCII without spaces; null at the end of the list. */
  public @Nullable String seal(String org, @Nullable String position) {
    if (position == null) {
      return null;
    }
    String padded = position + " ".repeat(Math.floorMod(-position.length(), BLOCK));
    byte[] nonce = Secrets.randomBytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.current(), org, nonce)
              .doFinal(padded.getBytes(StandardCharsets.US_ASCII));
      return text(ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Returns the position; null for the beginning of the list. An earlier key may have sealed it.
   *
   * @throws dev.sluice.backend.RefusedException for a cursor that isn't of this list
   */
  public @Nullable String open(String org, @Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    byte[] bytes = bytes(cursor);
    return keys.all()
        .flatMap(key -> opened(key, org, bytes).stream())
        .findFirst()
        .orElseThrow(Cursor::bad);
  }

  private Optional<String> opened(SigningKey key, String org, byte[] bytes) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(bytes).get(nonce);
    try {
      byte[] padded =
          cipher(Cipher.DECRYPT_MODE, key, org, nonce)
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(new String(padded, StandardCharsets.US_ASCII).stripTrailing());
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private Cipher cipher(int mode, SigningKey key, String org, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key.derive("cursor\n" + list + "\n" + org), "AES"),
        new GCMParameterSpec(8 * TAG_BYTES, nonce));
    return cipher;
  }

  private static byte[] bytes(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      // several texts may decode to the same bytes; only ours is accepted
      if (bytes.length >= NONCE_BYTES + TAG_BYTES && text(bytes).equals(cursor)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw Cursor.bad();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
