package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.service.process.SluiceProcess.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sluice as of an earlier commit, built from it once and kept in {@code target/previous}. Aborts
 * the test in a checkout without that commit.
 */
final class PreviousRelease {

  private static final String COMMIT = "819802b55b7a3320d9dcb5815ecafcd15663951c";

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Path KEPT = Path.of("target/previous").toAbsolutePath();

  private PreviousRelease() {}

  /** The release before this one. */
  static Build get() {
    return of(COMMIT);
  }

  static synchronized Build of(String commit) {
    Path folder = KEPT.resolve(commit);
    Build build = new Build(folder.resolve("sluice.jar"), folder.resolve("config.yml"));
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          @Nullable FileLock lock = channel.lock()) {
        assertThat(lock).isNotNull();
        if (!Files.exists(build.jar())) {
          make(build, commit, folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }

  private static void make(Build build, String commit, Path folder) throws IOException {
    needs(commit);
    Path source = folder.resolve("source");
    Path archive = folder.resolve("source.tar");
    delete(source);
    Files.createDirectories(source);
    succeed(git("archive", "-o", archive.toString(), commit));
    succeed(List.of("tar", "-xf", archive.toString(), "-C", source.toString()));
    succeed(
        List.of(
            "mvn",
            "-q",
            "-B",
            "-ntp",
            "-f",
            source.resolve("pom.xml").toString(),
            "-Dmaven.repo.local=" + System.getProperty("localRepository"),
            "-DskipTests", // of commits whose poms know no other way to the jar alone
            "-Dmaven.test.skip",
            "package"));
    Files.move(source.resolve("config.yml"), build.config(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        source.resolve("service/target/sluice.jar"), build.jar(), StandardCopyOption.ATOMIC_MOVE);
    delete(source);
    Files.delete(archive);
  }

  private static void needs(String commit) throws IOException {
    if (!Files.exists(CHECKOUT.resolve(".git"))) {
      abort("Not a Git checkout: commit " + commit + " can't be built");
    }
    boolean shallow = succeed(git("rev-parse", "--is-shallow-repository")).strip().equals("true");
    if (shallow && run(git("cat-file", "-e", commit + "^{commit}")).exit != 0) {
      abort("A shallow checkout without commit " + commit + ": git fetch --unshallow");
    }
  }

  /** Reads a checkout of another user too, as in a container. */
  private static List<String> git(String... arguments) {
    return Stream.concat(Stream.of("git", "-c", "safe.directory=*"), Stream.of(arguments)).toList();
  }

  private record Ended(int exit, String said) {}

  private static String succeed(List<String> command) throws IOException {
    Ended ended = run(command);
    assertThat(ended.exit).as("%s: %s", String.join(" ", command), ended.said).isZero();
    return ended.said;
  }

  private static Ended run(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(CHECKOUT.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      return new Ended(process.waitFor(), said);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
