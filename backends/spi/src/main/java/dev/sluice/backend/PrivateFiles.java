package dev.sluice.backend;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files and directories for their owner only. Existing ones are restricted with a warning, or
 * refused. Without POSIX permissions nothing is done.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int STICKY = 01000;

  private PrivateFiles() {}

  /**
   * @throws IOException if it is open to others and can't be restricted
   */
  public static void directory(Path directory, Consumer<String> warn) throws IOException {
    if (!posix(directory)) {
      Files.createDirectories(directory);
      warn.accept(directory + ": no POSIX permissions here; see to it that others can't read it");
    } else if (!Files.isDirectory(directory)) {
      make(directory.toAbsolutePath());
    } else {
      refuseShared(directory);
      close(directory, DIRECTORY, warn);
    }
  }

  /** Makes a directory and its parents, all on disk at the return. */
  private static void make(Path directory) throws IOException {
    Path known = directory;
    while (known.getParent() != null && !Files.exists(known)) {
      known = known.getParent();
    }
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    for (Path made = directory; !made.equals(known); made = made.getParent()) {
      syncNames(Objects.requireNonNull(made.getParent()));
    }
  }

  /**
   * Returns once the names in a directory are on disk. The sync of a file covers its content alone,
   * so a file that is new or renamed may be gone after a power cut.
   */
  public static void syncNames(Path directory) throws IOException {
    if (posix(directory) && Files.isReadable(directory)) {
      try (FileChannel names = FileChannel.open(directory)) {
        names.force(true);
      }
    }
  }

  public static void file(Path file, Consumer<String> warn) throws IOException {
    try {
      if (posix(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      existing(file, warn);
    }
  }

  public static void existing(Path file, Consumer<String> warn) throws IOException {
    if (Files.exists(file) && posix(file)) {
      close(file, FILE, warn);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Refuses directories like /tmp. */
  private static void refuseShared(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0) {
      throw new IOException(directory + " is shared with other users: use a directory inside it");
    }
  }

  private static void close(Path path, Set<PosixFilePermission> most, Consumer<String> warn)
      throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (most.containsAll(found)) {
      return;
    }
    String before = PosixFilePermissions.toString(found);
    try {
      Files.setPosixFilePermissions(path, most);
    } catch (IOException e) {
      throw new IOException(
          path
              + " is open to others ("
              + before
              + ") and belongs to another user: run as its owner, or use a directory of your own",
          e);
    }
    String after = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    warn.accept(
        path
            + " was open to others ("
            + before
            + ") and is now "
            + after
            + "; others may have read the secrets in it");
  }
}
