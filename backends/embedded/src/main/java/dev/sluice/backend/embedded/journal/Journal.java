package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable rows. Many threads append; one of those that wait commits for all, so a lone caller
 * changes no thread. Rows that nobody waits for yet are written within twice {@value #IDLE_MS} ms,
 * many of them at once, so that the payloads of a bulk are being written while its sessions are
 * decided.
 *
 * <p>A position is a number that grows with each append; all up to the committed position is on
 * disk. After a failed commit every wait fails, since memory is ahead of the disk.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** About the maximum of a commit, so that the first of many callers waits briefly. */
  private static final long MAX_GROUP_BYTES = 8 * 1024 * 1024;

  private static final long IDLE_MS = 50;
  private static final long IDLE_NANOS = IDLE_MS * 1_000_000;
  private static final long MANY_BYTES = 128 * 1024;

  private record Appended(List<Row> rows, long size, long position) {}

  private final DirectoryLock lock;
  private final JournalFile file;
  private final Thread idle;
  private final Object monitor = new Object();

  // guarded by the monitor
  private final Queue<Appended> waiting = new ArrayDeque<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long waitingBytes;
  private long appended;
  private boolean committing = true; // by nobody before the start
  private boolean closing;
  private Consumer<String> onFailure = reason -> {}; // set before the start
  // written under the monitor, read without it
  private volatile long committed;
  private volatile @Nullable JournalException failure;

  private Journal(DirectoryLock lock, JournalFile file) {
    this.lock = lock;
    this.file = file;
    this.idle = new Thread(this::writeUnawaited, "sluice-journal");
    idle.setDaemon(true);
  }

  /**
   * Writes nothing before {@link #start()}.
   *
   * @throws JournalException if another process has the directory, or the file can't be read
   */
  public static Journal open(Path directory) {
    return open(directory, 0, Layouts.OF_THIS_BUILD.newest(), false);
  }

  /**
   * @param maxPages 0 for no limit
   * @param layout newest that is known; a file of an older one is copied, then migrated
   * @param acceptLoss true to go on without acknowledged commits that are missing
   */
  static Journal open(Path directory, long maxPages, int layout, boolean acceptLoss) {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      return new Journal(lock, JournalFile.open(directory, maxPages, layout, acceptLoss));
    } catch (JournalException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads in key order, on any thread. Only before {@link #start()}.
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

  /** See {@link JournalFile#requireSound}. Only before {@link #start()}. */
  void requireSound() {
    try {
      file.requireSound();
    } catch (SQLException e) {
      throw new JournalException("journal " + file.path() + " can't be read: " + e.getMessage(), e);
    }
  }

  List<Losses.Loss> losses() {
    return file.losses();
  }

  boolean hasNames() {
    return file.hasNames();
  }

  /** See {@link JournalFile#dropNames}. Only before {@link #start()}. */
  void dropNames(List<Row> rows) {
    try {
      file.dropNames(rows);
    } catch (SQLException e) {
      throw new JournalException(
          "journal " + file.path() + " can't be written: " + e.getMessage(), e);
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
    synchronized (monitor) {
      committing = false;
    }
    idle.start();
  }

  /**
   * Appends rows, to be committed together in this order. Never waits, never fails.
   *
   * @return their position
   */
  public long append(List<Row> rows) {
    long size = rows.stream().mapToLong(Row::size).sum();
    synchronized (monitor) {
      try {
        waiting.add(new Appended(rows, size, appended + 1));
      } catch (Error e) { // the row may be lost
        fail(e);
        throw e;
      }
      waitingBytes += size;
      hurry();
      return ++appended;
    }
  }

  /** Call under the monitor. */
  private void hurry() {
    if (waitingBytes >= MANY_BYTES && !committing) {
      monitor.notifyAll();
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
    while (committed < position && failure == null) {
      Waiter waiter = leadOrWait(position);
      if (waiter == null) {
        commit();
        continue;
      }
      interrupted |= waiter.sleep(); // the outcome is near and must be known
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (committed < position) {
      check();
    }
  }

  /** Null if the caller is to commit. */
  private @Nullable Waiter leadOrWait(long position) {
    synchronized (monitor) {
      Waiter waiter = new Waiter(position);
      if (committed >= position || failure != null) {
        waiter.wake();
      } else if (committing) {
        waiters.add(waiter);
      } else {
        committing = true;
        return null;
      }
      return waiter;
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

  /** The reason for not serving, which may end. */
  public @Nullable String problem() {
    JournalException failed = failure;
    if (failed != null) {
      return failed.getMessage();
    }
    return file.blocked() ? "another process writes " + file.path() : null;
  }

  private void commit() {
    long upTo;
    try {
      Group group = new Group();
      upTo = take(group);
      file.commit(group.rows());
    } catch (SQLException | RuntimeException | Error e) {
      fail(e);
      return;
    }
    synchronized (monitor) {
      committed = upTo;
      committing = false;
      waiters.removeIf(waiter -> waiter.wakeUpTo(upTo));
      Waiter next = waiters.poll();
      if (next != null) {
        next.wake(); // it commits
      } else {
        hurry();
      }
    }
  }

  /** Moves some to the group; returns the last position. */
  private long take(Group group) {
    synchronized (monitor) {
      long size = 0;
      long last = committed;
      Appended next = waiting.peek();
      while (next != null && size < MAX_GROUP_BYTES) {
        waiting.remove();
        group.add(next.rows());
        size += next.size();
        last = next.position();
        next = waiting.peek();
      }
      waitingBytes -= size;
      return last;
    }
  }

  /** Also syncs the number of the latest commit, apart from the commits that callers wait for. */
  private void writeUnawaited() {
    long seen = 0;
    long synced = System.nanoTime();
    while (true) {
      boolean due;
      synchronized (monitor) {
        if (closing) {
          return;
        }
        try {
          monitor.wait(IDLE_MS);
        } catch (InterruptedException e) {
          return; // only at the end of the process
        }
        boolean some = waitingBytes >= MANY_BYTES || committed < seen;
        due = some && !committing && failure == null;
        committing |= due;
        seen = appended;
      }
      if (due) {
        commit();
      }
      if (System.nanoTime() - synced >= IDLE_NANOS) {
        syncNumber();
        synced = System.nanoTime();
      }
    }
  }

  private void syncNumber() {
    if (failure != null) {
      return; // told already
    }
    try {
      file.syncNumber();
    } catch (UncheckedIOException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    end(new JournalException("journal can't be written: " + cause, cause));
    LOG.error("The journal can't be written; nothing is served any more until a restart", cause);
    String reason =
        "journal "
            + file.path()
            + " can't be written ("
            + cause.getMessage()
            + "); all that was acknowledged is in it: "
            + (file.blocked()
                ? "end the other process that writes it"
                : "make room or repair the disk of dataDirectory")
            + ", then start again";
    failure = new JournalException(reason, cause);
    onFailure.accept(reason);
  }

  /** Every wait fails from now on. */
  private void end(JournalException reason) {
    synchronized (monitor) {
      failure = reason;
      waiters.forEach(Waiter::wake);
      waiters.clear();
    }
  }

  /** Writes all that was appended since the start. */
  @Override
  public void close() {
    synchronized (monitor) {
      closing = true;
      monitor.notifyAll();
    }
    file.waitNoLonger();
    try {
      if (idle.getState() != Thread.State.NEW) {
        await(position());
        idle.join(); // it commits no more
      }
    } catch (JournalException failed) {
      LOG.debug("closed after a failure, which callers know", failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    awaitCommit();
    try {
      file.close();
    } finally {
      lock.close();
    }
  }

  /** Lets no later caller commit. */
  private void awaitCommit() {
    while (true) {
      synchronized (monitor) {
        if (!committing || failure != null || idle.getState() == Thread.State.NEW) {
          committing = true;
          if (failure == null) {
            end(new JournalException("the journal is closed"));
          }
          return;
        }
      }
      Thread.onSpinWait(); // the commit of a call that is late, about a disk's sync
    }
  }
}
