package dev.sluice.backend;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The key of a page's last entry. Entries added or removed between pages neither repeat nor hide
 * others.
 *
 * @param number score or time; 0 in lists by name
 */
public record Cursor(long number, String name) {

  public String text() {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + bytes.length);
    buffer.putLong(number).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /**
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
    // several byte sequences may decode to one cursor; only ours is accepted
    if (Names.problem(name) != null || !cursor.text().equals(text)) {
      throw bad();
    }
    return cursor;
  }

  public static RefusedException bad() {
    return RefusedException.of(Refusal.BAD_CURSOR, "");
  }
}
