package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A member's words about itself, to all others, five times a second.
 *
 * @param sentNanos by its own clock; a lease counts from it
 * @param generation of its Raft group, 0 for a member that has no file yet
 * @param term of Raft that it is in, 0 for a member without a vote
 * @param raftMs time since it followed a leader of an earlier term, or since its start
 * @param reaches a bit for each other seat that it heard lately
 * @param ticket of its instance, or of the next one
 * @param stage of its instance
 * @param view tickets of the instances that its own sees, the oldest first
 * @param known number of the epoch that it knows
 * @param safe true if it is the oldest of that epoch and saw since that all have all data
 * @param renounces true if this instance never serves again
 * @param accepted true if an operator accepts its state as the newest
 */
record Report(
    long sentNanos,
    int generation,
    int term,
    long raftMs,
    int reaches,
    UUID ticket,
    Instance.Stage stage,
    List<UUID> view,
    long known,
    boolean safe,
    boolean renounces,
    boolean accepted) {

  private static final Instance.Stage[] STAGES = Instance.Stage.values();

  Report {
    view = List.copyOf(view);
  }

  boolean running() {
    return stage == Instance.Stage.RUNNING;
  }

  boolean sees(Set<UUID> tickets) {
    return running() && new HashSet<>(view).equals(tickets);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(sentNanos);
    out.writeInt(generation);
    out.writeInt(term);
    out.writeLong(raftMs);
    out.writeInt(reaches);
    Wire.write(out, ticket);
    out.writeByte(stage.ordinal());
    Wire.write(out, view);
    out.writeLong(known);
    out.writeBoolean(safe);
    out.writeBoolean(renounces);
    out.writeBoolean(accepted);
  }

  static Report read(DataInput in) throws IOException {
    return new Report(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        Wire.readId(in),
        STAGES[Wire.count(in.readUnsignedByte(), STAGES.length - 1)],
        Wire.readIds(in),
        in.readLong(),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean());
  }
}
