package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of a journal before its migration, to go back to the release before. It has its name
 * once it is whole; the copies before it are deleted then.
 */
final class JournalCopy {

  private static final Logger LOG = LoggerFactory.getLogger(JournalCopy.class);

  /** Behind the name of the journal; the layout follows. */
  private static final String SUFFIX = ".v";

  /** For the log of the migration, and to go on for a while. */
  private static final long SPARE_BYTES = 64 * 1024 * 1024;

  private static final long MEGABYTE = 1024 * 1024;

  private final Path journal;
  private final Path copy;

  JournalCopy(Path journal, int layout) {
    this.journal = journal;
    copy = journal.resolveSibling(journal.getFileName() + SUFFIX + layout);
  }

  /**
   * @throws JournalException if it can't be made; the journal is as it was
   */
  void make(Statement sql) {
    Path made = copy.resolveSibling(copy.getFileName() + ".tmp");
    try {
      make(sql, made);
    } catch (IOException | SQLException e) {
      try {
        Files.deleteIfExists(made);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw new JournalException(
          "journal "
              + journal
              + " can't be copied before its upgrade, and stays as it was: "
              + e.getMessage(),
          e);
    }
  }

  private void make(Statement sql, Path made) throws IOException, SQLException {
    Path directory = Objects.requireNonNull(journal.toAbsolutePath().getParent());
    long size = Sqlite.number(sql, "PRAGMA page_count") * Sqlite.number(sql, "PRAGMA page_size");
    requireRoom(size, Files.getFileStore(directory).getUsableSpace());
    LOG.info("Copying journal {} ({} MB) to {} first", journal, size / MEGABYTE, copy);
    Files.deleteIfExists(made);
    PrivateFiles.file(made, LOG::warn);
    sql.execute("VACUUM INTO '" + made.toAbsolutePath().toString().replace("'", "''") + "'");
    sync(made, StandardOpenOption.WRITE);
    Files.move(made, copy, StandardCopyOption.ATOMIC_MOVE);
    sync(directory, StandardOpenOption.READ);
    deleteOthers(directory);
  }

  void requireRoom(long size, long free) {
    if (free < size + SPARE_BYTES) {
      throw new JournalException(
          "journal "
              + journal
              + " must be copied before its upgrade, which takes "
              + (size + SPARE_BYTES) / MEGABYTE
              + " MB; only "
              + free / MEGABYTE
              + " MB are free: make room, or go on with the release before");
    }
  }

  private void deleteOthers(Path directory) throws IOException {
    String all = journal.getFileName() + SUFFIX + "[0-9]*";
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, all)) {
      for (Path each : copies) {
        if (!each.getFileName().equals(copy.getFileName())) {
          Files.delete(each);
          LOG.info("Deleted the earlier copy {}", each);
        }
      }
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
