package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps other processes out, until closed or the process ends. */
final class DirectoryLock implements AutoCloseable {

  static final String FILE = "sluice.lock";

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates the directory if needed.
   *
   * @throws JournalException if another process has the lock
   */
  static DirectoryLock take(Path directory) {
    try {
      PrivateFiles.directory(directory, LOG::warn);
      Path file = directory.resolve(FILE);
      PrivateFiles.file(file, LOG::warn);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new JournalException(
            "data directory " + directory + " is in use by another Sluice process");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new JournalException("data directory " + directory + " can't be used: " + why(e), e);
    }
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    return e instanceof FileAlreadyExistsException there
        ? there.getFile() + " is no directory"
        : String.valueOf(e.getMessage());
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // locked by this process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("lock of the data directory can't be released", e);
    }
  }
}
