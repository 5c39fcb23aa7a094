package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sluice.commit}: the latest commit that was acknowledged, apart from the journal.
 *
 * <p>Two slots are written in turn, so a write that breaks off leaves the slot before. A commit is
 * written once SQLite has it on disk, before its callers are answered. The write is in the page
 * cache, where it survives the process; {@link #sync} makes it survive the machine.
 */
final class CommitFile {

  static final String FILE = "sluice.commit";

  private static final Logger LOG = LoggerFactory.getLogger(CommitFile.class);

  /** "sluice", and the format. */
  private static final long MAGIC = 0x736c_7569_6365_0001L;

  /** At least a sector of the disk. */
  private static final int SLOT = 4096;

  private static final int CONTENT = 7 * Long.BYTES;

  /**
   * @param needsLog true if the journal's file is worth nothing without its log: {@link LogCopy}
   */
  record State(Commit commit, boolean needsLog) {}

  private record Slot(long turn, State state) {}

  private final MappedByteBuffer map;
  private long turn;
  private volatile boolean synced = true;

  private CommitFile(MappedByteBuffer map) {
    this.map = map;
  }

  /** Null if there is no file, or no valid slot. */
  static @Nullable State read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    @Nullable Slot latest = latest(bytes);
    if (latest == null && bytes.hasRemaining()) {
      LOG.warn("{} is damaged, and is made again; it can't tell if commits are missing", file);
    }
    return latest == null ? null : latest.state();
  }

  /**
   * Writes it with the latest commit of the journal, and makes it if needed.
   *
   * @param commit is on disk
   */
  static CommitFile open(Path directory, Commit commit, boolean needsLog) throws IOException {
    Path file = directory.resolve(FILE);
    PrivateFiles.file(file, LOG::warn);
    CommitFile opened;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != 2 * SLOT) {
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(2 * SLOT), 0); // a hole would need room later
      }
      opened = new CommitFile(channel.map(MapMode.READ_WRITE, 0, 2 * SLOT));
      @Nullable Slot latest = latest(opened.map.duplicate());
      opened.turn = latest == null ? 0 : latest.turn();
      opened.write(commit, needsLog);
      opened.write(commit, needsLog);
      channel.force(true);
      opened.synced = true;
    }
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (FileChannel entry = FileChannel.open(parent)) {
      entry.force(true);
    }
    return opened;
  }

  /** Call on one thread at a time. */
  void write(Commit commit, boolean needsLog) {
    turn++;
    ByteBuffer content = ByteBuffer.allocate(CONTENT);
    content.putLong(MAGIC).putLong(turn).putLong(needsLog ? 1 : 0);
    commit.put(content);
    content.flip();
    ByteBuffer slot = map.slice((int) (turn % 2) * SLOT, SLOT);
    slot.put(content.duplicate()).putLong(sum(content));
    synced = false;
  }

  /** Returns once all that was written is on disk, on any thread. */
  synchronized void sync() {
    if (!synced) {
      synced = true;
      map.force();
    }
  }

  private static @Nullable Slot latest(ByteBuffer bytes) {
    @Nullable Slot latest = null;
    for (int at = 0; at + CONTENT + Long.BYTES <= bytes.limit(); at += SLOT) {
      @Nullable Slot slot = slot(bytes.slice(at, CONTENT + Long.BYTES));
      if (slot != null && (latest == null || slot.turn() > latest.turn())) {
        latest = slot;
      }
    }
    return latest;
  }

  private static @Nullable Slot slot(ByteBuffer bytes) {
    if (bytes.getLong(0) != MAGIC || bytes.getLong(CONTENT) != sum(bytes.slice(0, CONTENT))) {
      return null;
    }
    bytes.getLong();
    long turn = bytes.getLong();
    boolean needsLog = bytes.getLong() != 0;
    return new Slot(turn, new State(Commit.get(bytes), needsLog));
  }

  private static long sum(ByteBuffer content) {
    CRC32C sum = new CRC32C();
    sum.update(content.duplicate());
    return sum.getValue();
  }
}
