package dev.sluice.backend.redis.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

public enum RedisBinary {
  /** The one that comes with the tests' libraries: the oldest that Sluice supports, 7.0. */
  BUNDLED,
  INSTALLED;

  public Optional<Path> path() {
    return this == BUNDLED ? Optional.of(Bundled.FILE) : installed();
  }

  private static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Unpacked once a JVM. */
  private static final class Bundled {
    static final Path FILE = unpack();

    private static Path unpack() {
      String resource = "/redis-server-7.0.15-" + system() + '-' + processor();
      try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("the tests bring no Redis for this machine: " + resource);
        }
        Path file = Files.createTempDirectory("sluice-redis-server-").resolve("redis-server");
        Files.copy(in, file);
        file.toFile().deleteOnExit();
        file.getParent().toFile().deleteOnExit();
        if (!file.toFile().setExecutable(true)) {
          throw new IllegalStateException(file + " can't be made executable");
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String system() {
      return System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    }

    private static String processor() {
      return switch (System.getProperty("os.arch")) {
        case "aarch64" -> "arm64";
        case "x86", "i386" -> "386";
        default -> "amd64";
      };
    }
  }
}
