package dev.sluice.service.process;

import dev.sluice.service.process.SluiceProcess.Build;
import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the jar as a JVM has them in memory after a start, so that the next ones need not
 * read and verify them. Made at the first start of a build; starts meanwhile go without.
 */
final class ClassArchive {

  private static final Set<Build> TRIED = ConcurrentHashMap.newKeySet();

  private final Build build;
  private final Path folder;
  private final Path file;

  ClassArchive(Build build) {
    this.build = build;
    folder = build.jar().resolveSibling("class-archive");
    file = folder.resolve("sluice.jsa");
  }

  /** Options of the JVM to use it; none if it can't be had. */
  List<String> options() {
    if (!isThere() && TRIED.add(build)) {
      make();
    }
    return isThere() ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto") : List.of();
  }

  private boolean isThere() {
    try {
      return Files.exists(file)
          && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(build.jar())) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void make() {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          @Nullable FileLock lock = channel.tryLock()) {
        if (lock != null && !isThere()) {
          serveOnce(folder.resolve("unfinished.jsa"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serveOnce(Path unfinished) throws IOException {
    Files.deleteIfExists(unfinished);
    Path data = Files.createTempDirectory(folder, "run");
    try (SluiceProcess sluice =
        SluiceProcess.start(
            data,
            Launch.jar(build).withoutArchive().with("-XX:ArchiveClassesAtExit=" + unfinished),
            FleetCalls.ENVIRONMENT)) {
      FleetCalls calls = new FleetCalls(sluice.url());
      calls.enqueue("any", List.of("any"));
      String worker = calls.register("any", 1);
      long token = calls.poll(worker).at("/claims/any/token").asLong();
      calls.complete(worker, "any", token);
      sluice.terminate(60);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (Files.exists(unfinished)) { // a JVM may not know how
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
