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
  /** Redis 6.2, which has no functions. It comes with the tests' libraries, too. */
  WITHOUT_FUNCTIONS,
  INSTALLED;

  public Optional<Path> path() {
    return switch (this) {
      case BUNDLED -> Optional.of(Bundled.FILE);
      case WITHOUT_FUNCTIONS -> Optional.of(WithoutFunctions.FILE);
      case INSTALLED -> installed();
    };
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
    static final Path FILE = unpack("7.0.15");
  }

  /** Unpacked once a JVM. The jar has two builds of 6.2. */
  private static final class WithoutFunctions {
    static final Path FILE =
        unpack(machine().equals("linux-amd64") || !onLinux() ? "6.2.6-v5" : "6.2.7");
  }

  private static Path unpack(String version) {
    String resource = "/redis-server-" + version + '-' + machine();
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

  private static String machine() {
    return (onLinux() ? "linux-" : "darwin-") + processor();
  }

  private static boolean onLinux() {
    return !System.getProperty("os.name").startsWith("Mac");
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> "amd64";
    };
  }
}
