package dev.sluice.service.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A sentence about a file of the command line. */
final class FileProblem {

  private FileProblem() {}

  /** The JDK's own messages are the name of the file alone. */
  static String words(FileSystemException problem) {
    String file = String.valueOf(problem.getFile());
    @Nullable Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      return "there is no folder " + folder;
    }
    if (problem instanceof NoSuchFileException) {
      return "there is no file " + file;
    }
    if (problem instanceof AccessDeniedException) {
      return "this user may not open " + file;
    }
    String reason = problem.getReason();
    return file
        + " can't be used: "
        + (reason == null ? problem.getClass().getSimpleName() : reason);
  }
}
