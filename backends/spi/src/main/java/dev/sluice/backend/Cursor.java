package dev.sluice.backend;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of a list ended: the key of its last entry, so that what comes or goes between two
 * pages neither repeats nor hides another entry.
 *
 * @param number the first part of the key: a score or a time, 0 in lists by name
 * @param name the second part: an id or a name
 */
public record Cursor(long number, String name) {

  /** As text for a caller: base64url of number and name. */
  public String text() {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + bytes.length);
    buffer.putLong(number).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /**
   * Reads what {@link #text()} gave.
   *
   * @throws RefusedException {@link Refusal#BAD_CURSOR}
   */
  public static Cursor parse(String text) {
    ByteBuffer buffer;
    try {
      buffer = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw bad();
    }
    if (buffer.remaining() <= Long.BYTES) {
      throw bad();
    }
    long number = buffer.getLong();
    String name = StandardCharsets.UTF_8.decode(buffer).toString();
    Cursor cursor = new Cursor(number, name);
    // Other bytes that decode to the same cursor are not one of ours.
    if (Names.problem(name) != null || !cursor.text().equals(text)) {
      throw bad();
    }
    return cursor;
  }

  /** The refusal of a cursor that this list gave nobody. */
  public static RefusedException bad() {
    return RefusedException.of(Refusal.BAD_CURSOR, "", 0);
  }
}
