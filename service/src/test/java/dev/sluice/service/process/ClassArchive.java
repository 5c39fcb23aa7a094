package dev.sluice.service.process;

import dev.sluice.service.http.SluiceServer;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the jar as a JVM has them in memory after it served as a member, so that the next
 * ones need not read and verify them. Made at the first start; starts meanwhile go without.
 */
final class ClassArchive {

  private static final Path JAR = SluiceProcess.BUILD.jar();
  private static final Path FOLDER = JAR.resolveSibling("class-archive");
  private static final Path FILE = FOLDER.resolve("sluice.jsa");
  private static final AtomicBoolean TRIED = new AtomicBoolean();

  private ClassArchive() {}

  /** Options of the JVM to use it; none if it can't be had. */
  static List<String> options() {
    if (!isThere() && TRIED.compareAndSet(false, true)) {
      make();
    }
    return isThere() ? List.of("-XX:SharedArchiveFile=" + FILE, "-Xshare:auto") : List.of();
  }

  private static boolean isThere() {
    try {
      return Files.exists(FILE)
          && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void make() {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel channel =
              FileChannel.open(
                  FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          @Nullable FileLock lock = channel.tryLock()) {
        if (lock != null && !isThere()) {
          serveOnce(FOLDER.resolve("unfinished.jsa"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serveOnce(Path unfinished) throws IOException {
    Files.deleteIfExists(unfinished);
    Path data = Files.createTempDirectory(FOLDER, "run");
    try (SluiceProcess sluice =
        SluiceProcess.start(
            data,
            Launch.jar().withoutArchive().with("-XX:ArchiveClassesAtExit=" + unfinished),
            FleetCalls.ENVIRONMENT,
            "backend.type=hazelcast",
            SluiceServer.ONE_MEMBER)) {
      FleetCalls calls = new FleetCalls(sluice.url());
      calls.enqueue("any", List.of("any"));
      String worker = calls.register("any", 1);
      long token = calls.poll(worker).at("/claims/any/token").asLong();
      calls.complete(worker, "any", token);
      sluice.terminate(180);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (Files.exists(unfinished)) { // a JVM may not know how
      Files.move(unfinished, FILE, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
