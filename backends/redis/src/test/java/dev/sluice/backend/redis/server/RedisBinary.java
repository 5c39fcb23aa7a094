package dev.sluice.backend.redis.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

public enum RedisBinary {
  /** The one that comes with the tests' libraries: the oldest that Sluice supports, 6.2. */
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
      try {
        return ExecutableProvider.newJarResourceProvider().get().toPath();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
