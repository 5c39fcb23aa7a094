package dev.sluice.backend.hazelcast.epoch;

import io.microraft.model.log.LogEntry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The state of Raft on a member: its file, or its start on a member without one.
 *
 * @param generation of the group: a higher one replaces a lower one
 * @param voters a bit for each seat
 * @param votedFor of the term, or {@link Seat#NONE}
 * @param index of the last entry that the epoch reflects, 0 for the epoch that the group began with
 * @param indexTerm term of that entry
 * @param entries after it
 */
record Base(
    int generation,
    int voters,
    int term,
    int votedFor,
    long index,
    int indexTerm,
    Epoch epoch,
    List<LogEntry> entries) {

  Base {
    entries = List.copyOf(entries);
  }

  /** A new group, which every member begins equally. */
  static Base of(int generation, int voters, Epoch epoch) {
    return new Base(generation, voters, 1, Seat.NONE, 0, 0, epoch, List.of());
  }

  boolean votes(int seat) {
    return (voters & 1 << seat) != 0;
  }

  /** Up to an entry, with the vote that its leader has or gets. */
  Base upTo(long lastIndex, int leaderTerm, int leader) {
    return new Base(
        generation,
        voters,
        leaderTerm,
        leader,
        index,
        indexTerm,
        epoch,
        entries.stream().filter(entry -> entry.getIndex() <= lastIndex).toList());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(generation);
    out.writeInt(voters);
    out.writeInt(term);
    out.writeByte(votedFor);
    out.writeLong(index);
    out.writeInt(indexTerm);
    epoch.write(out);
    RaftCodec.writeEntries(out, entries);
  }

  static Base read(DataInput in) throws IOException {
    return new Base(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readByte(),
        in.readLong(),
        in.readInt(),
        Epoch.read(in),
        RaftCodec.readEntries(in));
  }
}
