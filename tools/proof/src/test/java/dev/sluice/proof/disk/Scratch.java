package dev.sluice.proof.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Directories for images: in memory if possible, where the syncs of a start take no time. */
final class Scratch {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final AtomicLong COUNT = new AtomicLong();

  private final Path results;

  /**
   * @param results gets the images of failures
   */
  Scratch(Path results) {
    this.results = results;
  }

  /** Something that is done in a directory. */
  interface Work<T> {
    T in(Path directory) throws IOException;
  }

  /** Does something in a directory that doesn't exist yet, and deletes the directory. */
  <T> T in(Work<T> work) throws IOException {
    Path parent = Files.isWritable(MEMORY) ? MEMORY : results;
    long process = ProcessHandle.current().pid();
    Path directory = parent.resolve("sluice-proof-" + process + "-" + COUNT.incrementAndGet());
    try {
      return work.in(directory);
    } finally {
      Recording.delete(directory);
    }
  }

  ImageCheck.Outcome check(Recording recording, Image image) {
    try {
      return in(directory -> new ImageCheck(recording).run(image, directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the image to the results, and returns what is wrong with it. */
  String keep(Image image, long seed, ImageCheck.Outcome outcome) {
    Path kept = results.resolve("image-" + image.number());
    try {
      image.write(kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "seed %d, image %d (event %d, %s), kept in %s: %s"
        .formatted(seed, image.number(), image.moment(), image.kept(), kept, outcome);
  }
}
