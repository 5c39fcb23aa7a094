package dev.sluice.backend.hazelcast.journal;

import dev.sluice.backend.engine.StoreTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable rows. Many threads append, one commits.
 *
 * <p>A position is a number that grows with each append; all up to the committed position is on
 * disk. After a failed commit every wait fails, since memory is ahead of the disk.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** About the maximum of a commit, so that the first of many callers waits briefly. */
  private static final long MAX_GROUP_BYTES = 8 * 1024 * 1024;

  private record Appended(List<Row> rows, long size) {}

  private final DirectoryLock lock;
  private final JournalFile file;
  private final Thread writer;
  private final Object monitor = new Object();

  // guarded by the monitor
  private final Queue<Appended> waiting = new ArrayDeque<>();
  private long appended;
  private boolean closing;
  private Consumer<String> onFailure = reason -> {}; // set before the writer starts
  // written under the monitor, read without it
  private volatile long committed;
  private volatile @Nullable JournalException failure;

  private Journal(DirectoryLock lock, JournalFile file) {
    this.lock = lock;
    this.file = file;
    this.writer = new Thread(this::write, "sluice-journal");
  }

  /**
   * Writes nothing before {@link #start()}.
   *
   * @throws JournalException if another process has the directory, or the file can't be read
   */
  public static Journal open(Path directory) {
    return open(directory, 0);
  }

  static Journal open(Path directory, long maxPages) {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      return new Journal(lock, JournalFile.open(directory, maxPages));
    } catch (JournalException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads in key order. Only before {@link #start()}.
   *
   * @throws JournalException if a row is damaged
   */
  public void read(StoreTable table, BiConsumer<byte[], byte[]> reader) {
    read(
        table,
        reader,
        (key, value) -> {
          throw damaged(table, key);
        });
  }

  /**
   * @param damaged gets rows whose value doesn't match its checksum
   * @throws JournalException if a key is damaged
   */
  public void read(
      StoreTable table, BiConsumer<byte[], byte[]> reader, BiConsumer<byte[], byte[]> damaged) {
    try {
      file.read(table, reader, damaged);
    } catch (SQLException e) {
      throw new JournalException("journal " + file.path() + " can't be read: " + e.getMessage(), e);
    }
  }

  public JournalException damaged(StoreTable table, byte[] key) {
    return file.damaged(table, key);
  }

  public Path directory() {
    return Objects.requireNonNull(file.path().getParent());
  }

  public void start() {
    start(reason -> {});
  }

  /**
   * @param onFailure gets the reason when writing fails for good
   */
  public void start(Consumer<String> onFailure) {
    this.onFailure = onFailure;
    writer.start();
  }

  /**
   * Appends rows, to be committed together in this order. Never waits, never fails.
   *
   * @return their position
   */
  public long append(List<Row> rows) {
    long size = rows.stream().mapToLong(Row::size).sum();
    synchronized (monitor) {
      waiting.add(new Appended(rows, size));
      appended++;
      if (waiting.size() == 1) {
        monitor.notifyAll();
      }
      return appended;
    }
  }

  public long position() {
    synchronized (monitor) {
      return appended;
    }
  }

  /**
   * Waits until all up to a position is on disk.
   *
   * @throws JournalException if a commit failed
   */
  public void await(long position) {
    if (committed >= position) {
      return;
    }
    boolean interrupted = false;
    synchronized (monitor) {
      while (committed < position && failure == null) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          interrupted = true; // go on waiting: the outcome is near and must be known
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (committed < position) {
      check();
    }
  }

  /**
   * @throws JournalException if a commit failed
   */
  public void check() {
    JournalException failed = failure;
    if (failed != null) {
      throw new JournalException(String.valueOf(failed.getMessage()), failed);
    }
  }

  /** The reason for not serving. */
  public @Nullable String problem() {
    JournalException failed = failure;
    return failed == null ? null : failed.getMessage();
  }

  private void write() {
    while (true) {
      Group group = new Group();
      long upTo = take(group);
      if (upTo == 0) {
        return;
      }
      try {
        file.commit(group.rows());
      } catch (SQLException | RuntimeException | Error e) {
        fail(e);
        return;
      }
      synchronized (monitor) {
        committed = upTo;
        monitor.notifyAll();
      }
    }
  }

  /** Waits for appends and moves some to the group; returns the last position, 0 at the end. */
  private long take(Group group) {
    synchronized (monitor) {
      while (waiting.isEmpty()) {
        if (closing) {
          return 0;
        }
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          closing = true; // only at the end of the process
        }
      }
      long size = 0;
      Appended next = waiting.peek();
      while (next != null && size < MAX_GROUP_BYTES) {
        waiting.remove();
        group.add(next.rows());
        size += next.size();
        next = waiting.peek();
      }
      return appended - waiting.size();
    }
  }

  private void fail(Throwable cause) {
    LOG.error("The journal can't be written; nothing is served any more until a restart", cause);
    String reason =
        "journal "
            + file.path()
            + " can't be written ("
            + cause.getMessage()
            + "); all that was acknowledged is in it: make room or repair the disk of"
            + " dataDirectory, then start again";
    synchronized (monitor) {
      failure = new JournalException(reason, cause);
      monitor.notifyAll();
    }
    onFailure.accept(reason);
  }

  @Override
  public void close() {
    synchronized (monitor) {
      closing = true;
      monitor.notifyAll();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      file.close();
    } finally {
      lock.close();
    }
  }
}
