package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code signing.key} in its data directory. */
final class SigningKeyFile {

  static final String FILE = "signing.key";

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyFile.class);

  private final Path path;

  SigningKeyFile(Path directory) {
    path = directory.resolve(FILE);
  }

  synchronized @Nullable String read() {
    try {
      if (!Files.exists(path)) {
        return null;
      }
      PrivateFiles.existing(path, LOG::warn);
      String secret = Files.readString(path).strip();
      return secret.isEmpty() ? null : secret;
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + path + ": " + e.getMessage(), e);
    }
  }

  synchronized String putIfAbsent(String candidate) {
    String before = read();
    if (before != null) {
      return before;
    }
    Path part = path.resolveSibling(FILE + ".part");
    try {
      Files.deleteIfExists(part);
      PrivateFiles.file(part, LOG::warn);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((candidate + "\n").getBytes(UTF_8)));
        channel.force(true);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.syncNames(Objects.requireNonNull(path.toAbsolutePath().getParent()));
      return candidate;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + path + ": " + e.getMessage(), e);
    }
  }
}
