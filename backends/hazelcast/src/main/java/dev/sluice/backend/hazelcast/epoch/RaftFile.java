package dev.sluice.backend.hazelcast.epoch;

import dev.sluice.backend.PrivateFiles;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Term, vote, snapshot and log of a member: a few kilobytes, written whole and synced before Raft
 * goes on.
 */
final class RaftFile implements RaftStore {

  private static final Logger LOG = LoggerFactory.getLogger(RaftFile.class);

  private static final int MAGIC = 0x534c4532; // SLE2
  private static final int MAX_BYTES = 4 << 20;

  private final Path path;
  private final Seats seats;
  private final int generation;
  private final int voters;
  private volatile boolean failed;
  private int term;
  private int votedFor;
  private int snapshotTerm;
  private long snapshotIndex;
  private Epoch snapshot;
  private final List<LogEntry> entries = new ArrayList<>();

  private RaftFile(Path path, Seats seats, Base base) {
    this.path = path;
    this.seats = seats;
    generation = base.generation();
    voters = base.voters();
    term = base.term();
    votedFor = base.votedFor();
    snapshotTerm = base.indexTerm();
    snapshotIndex = base.index();
    snapshot = base.epoch();
    entries.addAll(base.entries());
  }

  /** Replaces the file. */
  static RaftFile begin(Path path, Seats seats, Base base) throws IOException {
    RaftFile file = new RaftFile(path, seats, base);
    file.flush();
    return file;
  }

  /**
   * @return null if there is none
   * @throws IOException if it is damaged, or of another list of members
   */
  static @Nullable RaftFile open(Path path, Seats seats) throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    if (Files.size(path) > MAX_BYTES) {
      throw new IOException(path + " is too large");
    }
    byte[] bytes = Files.readAllBytes(path);
    int size = bytes.length - Integer.BYTES;
    if (size < Integer.BYTES || ByteBuffer.wrap(bytes).getInt(size) != checksum(bytes, size)) {
      throw new IOException(path + " is damaged");
    }
    return Wire.read(
        Arrays.copyOf(bytes, size),
        in -> {
          if (in.readInt() != MAGIC) {
            throw new IOException(path + " is of another release");
          }
          requireSame(path, readNames(in), seats.names());
          return new RaftFile(path, seats, Base.read(in));
        });
  }

  /** Votes are those of places in the list. */
  private static void requireSame(Path path, List<String> voted, List<String> configured)
      throws IOException {
    if (!voted.equals(configured)) {
      throw new IOException(
          path
              + " has this member's vote among "
              + voted
              + ", but backend.hazelcast.cluster.members now names "
              + configured
              + "; put the list back, or see \"Epochs\" in docs/hazelcast.md");
    }
  }

  private static List<String> readNames(DataInput in) throws IOException {
    int size = Wire.readCount(in);
    List<String> names = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      names.add(in.readUTF());
    }
    return names;
  }

  /** All that is kept. */
  synchronized Base base() {
    return new Base(
        generation,
        voters,
        term,
        votedFor,
        snapshotIndex,
        snapshotTerm,
        snapshot,
        entries.stream().filter(entry -> entry.getIndex() > snapshotIndex).toList());
  }

  int generation() {
    return generation;
  }

  int voters() {
    return voters;
  }

  /** The base of a new group if this member knows nothing more yet, else null. */
  @Nullable Base begun() {
    Base now = base();
    return now.entries().isEmpty() && now.index() == 0
        ? Base.of(generation, voters, now.epoch())
        : null;
  }

  RestoredRaftState restored() {
    RaftGroupMembersView members = RaftCodec.members(Seat.of(voters));
    return new RestoredRaftState(
        RaftCodec.MODEL
            .createRaftEndpointPersistentStateBuilder()
            .setLocalEndpoint(new Seat(seats.self()))
            .setVoting(true)
            .build(),
        members,
        RaftCodec.MODEL
            .createRaftTermPersistentStateBuilder()
            .setTerm(term)
            .setVotedFor(votedFor == Seat.NONE ? null : new Seat(votedFor))
            .build(),
        snapshotIndex == 0 ? null : snapshotEntry(members),
        entries.stream().filter(entry -> entry.getIndex() > snapshotIndex).toList());
  }

  private SnapshotEntry snapshotEntry(RaftGroupMembersView members) {
    return RaftCodec.MODEL
        .createSnapshotEntryBuilder()
        .setIndex(snapshotIndex)
        .setTerm(snapshotTerm)
        .setSnapshotChunks(List.of(RaftCodec.chunk(snapshotIndex, snapshotTerm, snapshot, members)))
        .setGroupMembersView(members)
        .build();
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState endpoint) {
    // is in the configuration
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView initial) {
    // are the voters
  }

  @Override
  public synchronized void persistAndFlushTerm(RaftTermPersistentState state) throws IOException {
    term = state.getTerm();
    votedFor = state.getVotedFor() instanceof Seat seat ? seat.index() : Seat.NONE;
    flush();
  }

  @Override
  public synchronized void persistLogEntries(List<LogEntry> logEntries) {
    entries.addAll(logEntries);
  }

  @Override
  public synchronized void persistSnapshotChunk(SnapshotChunk chunk) {
    snapshotIndex = chunk.getIndex();
    snapshotTerm = chunk.getTerm();
    snapshot = (Epoch) chunk.getOperation();
  }

  @Override
  public synchronized void truncateLogEntriesFrom(long logIndexInclusive) {
    entries.removeIf(entry -> entry.getIndex() >= logIndexInclusive);
  }

  @Override
  public synchronized void truncateLogEntriesUntil(long logIndexInclusive) {
    entries.removeIf(entry -> entry.getIndex() <= logIndexInclusive);
  }

  @Override
  public void deleteSnapshotChunks(long logIndex, int snapshotChunkCount) {
    // a snapshot has one chunk, so it is never there in part
  }

  /** True if the latest write failed. */
  boolean failed() {
    return failed;
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      write();
      failed = false;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private void write() throws IOException {
    byte[] body =
        Wire.bytes(
            out -> {
              out.writeInt(MAGIC);
              Wire.writeCount(out, seats.count());
              for (String name : seats.names()) {
                out.writeUTF(name);
              }
              base().write(out);
            });
    ByteBuffer bytes = ByteBuffer.allocate(body.length + Integer.BYTES);
    bytes.put(body).putInt(checksum(body, body.length)).flip();
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    PrivateFiles.file(fresh, LOG::warn);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    try {
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the data directory can't replace a file in one step", e);
    }
    try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  private static int checksum(byte[] bytes, int size) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, size);
    return (int) checksum.getValue();
  }
}
