package dev.sluice.service.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.transfer.EncryptedFile.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedFileTest {

  private static final String PASSPHRASE = "correct horse battery staple";
  private static final int FEW_ITERATIONS = 10;
  private static final int CHUNK = 1 << 16;
  private static final int SEALED = CHUNK + 16;

  /** Magic, iterations, salt and proof. */
  private static final int HEADER = 19 + 4 + 16 + 32;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_000})
  void whatIsWrittenIsRead(int length) throws IOException {
    byte[] plain = bytes(length);

    assertThat(read(written(plain), PASSPHRASE)).isEqualTo(plain);
  }

  @Test
  void noTwoFilesAreEqual() throws IOException {
    byte[] plain = bytes(100);
    byte[] first = written(plain);
    byte[] second = written(plain);

    assertThat(first).isNotEqualTo(second).hasSize(HEADER + 100 + 16);
    assertThat(Arrays.copyOfRange(first, HEADER, HEADER + 100)).isNotEqualTo(plain);
  }

  @Test
  void aWrongPassphraseIsNamed() throws IOException {
    byte[] file = written(bytes(100));

    assertThatThrownBy(() -> read(file, PASSPHRASE + " "))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("passphrase is not the one");
  }

  @Test
  void aFlippedByteIsRefused() throws IOException {
    byte[] file = written(bytes(CHUNK + 100));
    int[] some = {
      0,
      18,
      19,
      22,
      23,
      38,
      39,
      HEADER - 1,
      HEADER,
      HEADER + 999,
      HEADER + SEALED - 1,
      HEADER + SEALED,
      file.length - 17,
      file.length - 1
    };
    for (int at : some) {
      byte[] flipped = file.clone();
      flipped[at] ^= 1;
      assertThatThrownBy(() -> read(flipped, PASSPHRASE))
          .as("byte %d", at)
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    byte[] file = written(bytes(2 * CHUNK + 100));
    int[] some = {
      0,
      5,
      38,
      HEADER - 1,
      HEADER,
      HEADER + 10,
      HEADER + SEALED,
      HEADER + SEALED + 1,
      HEADER + 2 * SEALED,
      file.length - 1
    };
    for (int length : some) {
      assertThatThrownBy(() -> read(Arrays.copyOf(file, length), PASSPHRASE))
          .as("length %d", length)
          .isInstanceOf(DamagedException.class);
    }
  }

  /** Else a foreign header would keep a processor busy for minutes. */
  @Test
  void aHeaderThatAsksForTooMuchIsRefusedAtOnce() throws IOException {
    byte[] file = written(bytes(10));
    for (int iterations : new int[] {0, -1, Integer.MAX_VALUE}) {
      byte[] asks = file.clone();
      ByteBuffer.wrap(asks).putInt("sluice-encrypted-1\n".length(), iterations);

      assertThatThrownBy(() -> read(asks, PASSPHRASE)).hasMessage("its header is damaged");
    }
  }

  @Test
  void movedRepeatedAndAddedChunksAreRefused() throws IOException {
    byte[] file = written(bytes(3 * CHUNK));
    byte[] first = Arrays.copyOfRange(file, HEADER, HEADER + SEALED);
    byte[] second = Arrays.copyOfRange(file, HEADER + SEALED, HEADER + 2 * SEALED);
    byte[] header = Arrays.copyOf(file, HEADER);
    byte[] last = Arrays.copyOfRange(file, HEADER + 2 * SEALED, file.length);

    assertThat(read(joined(header, first, second, last), PASSPHRASE)).hasSize(3 * CHUNK);
    for (byte[] wrong :
        new byte[][] {
          joined(header, second, first, last),
          joined(header, first, first, second, last),
          joined(header, first, last),
          joined(header, last),
          joined(header, first, second, last, last),
          joined(header, first, second, last, new byte[1]),
        }) {
      assertThatThrownBy(() -> read(wrong, PASSPHRASE)).isInstanceOf(DamagedException.class);
    }
    byte[] other = written(bytes(3 * CHUNK));
    assertThatThrownBy(
            () -> read(joined(Arrays.copyOf(other, HEADER), first, second, last), PASSPHRASE))
        .as("chunks of another file")
        .isInstanceOf(DamagedException.class);
  }

  private static byte[] written(byte[] plain) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream out = EncryptedFile.write(file, PASSPHRASE, FEW_ITERATIONS)) {
      int half = plain.length / 2;
      out.write(plain, 0, half);
      out.write(plain, half, plain.length - half);
    }
    return file.toByteArray();
  }

  private static byte[] read(byte[] file, String passphrase) throws IOException {
    return EncryptedFile.read(new ByteArrayInputStream(file), passphrase).readAllBytes();
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(joined::put);
    return joined.array();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
