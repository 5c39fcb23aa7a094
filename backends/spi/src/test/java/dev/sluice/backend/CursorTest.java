package dev.sluice.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.backend.work.Score;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  static List<Cursor> cursors() {
    return List.of(
        new Cursor(0, "web"),
        new Cursor(30_001_770_000_000_000L, "ses_1"),
        new Cursor(Score.front(Long.MAX_VALUE), "in front"),
        new Cursor(Long.MAX_VALUE, "x".repeat(Names.MAX_BYTES)),
        new Cursor(Long.MIN_VALUE, "\u00e9\u6f22\ud83d\ude80"),
        new Cursor(-1, "+/=?&%"));
  }

  @ParameterizedTest
  @MethodSource("cursors")
  void comesBackFromItsText(Cursor cursor) {
    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @MethodSource("cursors")
  void itsTextNeedsNoEscapeInAUrl(Cursor cursor) {
    assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "AAAA",
        "not base64!",
        "AAAAAAAAAAA",
        "AAAAAAAAAAB3ZWI*",
        "\u00e9",
        "++//++//++//++//"
      })
  void whatIsNoneIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertRefused(text(new byte[0]));
    assertRefused(text("a\nb".getBytes(StandardCharsets.UTF_8)));
    assertRefused(text("x".repeat(Names.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertRefused(text(new byte[] {'a', (byte) 0xff}));
    assertRefused(text(new byte[] {(byte) 0xc0, (byte) 0x80}));
    assertRefused(text(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
    assertRefused(text(new byte[] {(byte) 0xf0, (byte) 0x9f}));
  }

  @Test
  void anotherSpellingOfTheSameBytesIsRefused() {
    String text = new Cursor(1, "ab").text(); // 10 bytes: the last character has two spare bits
    assertThat(text).hasSize(14);
    char last = text.charAt(13);

    assertRefused(text + "==");
    assertRefused(text.substring(0, 13) + (char) (last + 1));
  }

  private static String text(byte[] name) {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + name.length).putLong(1).put(name);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  private static void assertRefused(String text) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> Cursor.parse(text));
    assertThat(refused).as("a refusal of \"%s\"", text).isNotNull();
    assertThat(refused.refusal()).isEqualTo(Refusal.BAD_CURSOR);
    assertThat(refused.owner()).isNull();
  }
}
