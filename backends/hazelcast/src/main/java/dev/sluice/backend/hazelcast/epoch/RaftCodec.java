package dev.sluice.backend.hazelcast.epoch;

import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Messages and entries of Raft as bytes. Membership never changes, so no entry says so. */
final class RaftCodec {

  static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  /** More than {@link Ballot} keeps in its log. */
  static final int MAX_ENTRIES = 5_000;

  private RaftCodec() {}

  static void write(DataOutput out, RaftMessage message) throws IOException {
    if (message instanceof VoteRequest it) {
      head(out, 1, it);
      out.writeInt(it.getLastLogTerm());
      out.writeLong(it.getLastLogIndex());
      out.writeBoolean(it.isSticky());
    } else if (message instanceof VoteResponse it) {
      head(out, 2, it);
      out.writeBoolean(it.isGranted());
    } else if (message instanceof PreVoteRequest it) {
      head(out, 3, it);
      out.writeInt(it.getLastLogTerm());
      out.writeLong(it.getLastLogIndex());
    } else if (message instanceof PreVoteResponse it) {
      head(out, 4, it);
      out.writeBoolean(it.isGranted());
    } else if (message instanceof AppendEntriesRequest it) {
      head(out, 5, it);
      out.writeInt(it.getPreviousLogTerm());
      out.writeLong(it.getPreviousLogIndex());
      out.writeLong(it.getCommitIndex());
      out.writeLong(it.getQuerySequenceNumber());
      out.writeLong(it.getFlowControlSequenceNumber());
      writeEntries(out, it.getLogEntries());
    } else if (message instanceof AppendEntriesSuccessResponse it) {
      head(out, 6, it);
      out.writeLong(it.getLastLogIndex());
      out.writeLong(it.getQuerySequenceNumber());
      out.writeLong(it.getFlowControlSequenceNumber());
    } else if (message instanceof AppendEntriesFailureResponse it) {
      head(out, 7, it);
      out.writeLong(it.getExpectedNextIndex());
      out.writeLong(it.getQuerySequenceNumber());
      out.writeLong(it.getFlowControlSequenceNumber());
    } else if (message instanceof InstallSnapshotRequest it) {
      head(out, 8, it);
      writeSnapshot(out, it);
    } else if (message instanceof InstallSnapshotResponse it) {
      head(out, 9, it);
      out.writeLong(it.getSnapshotIndex());
      out.writeInt(it.getRequestedSnapshotChunkIndex());
      out.writeLong(it.getQuerySequenceNumber());
      out.writeLong(it.getFlowControlSequenceNumber());
    } else if (message instanceof TriggerLeaderElectionRequest it) {
      head(out, 10, it);
      out.writeInt(it.getLastLogTerm());
      out.writeLong(it.getLastLogIndex());
    } else {
      throw new IllegalArgumentException(message.getClass().getName());
    }
  }

  private static void head(DataOutput out, int type, RaftMessage message) throws IOException {
    out.writeByte(type);
    out.writeInt((Integer) message.getGroupId());
    out.writeInt(message.getTerm());
  }

  /**
   * @param sender as the connection was authenticated
   */
  static RaftMessage read(DataInput in, Seat sender) throws IOException {
    int type = in.readUnsignedByte();
    Integer group = in.readInt();
    int term = in.readInt();
    return switch (type) {
      case 1 ->
          MODEL
              .createVoteRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.readInt())
              .setLastLogIndex(in.readLong())
              .setSticky(in.readBoolean())
              .build();
      case 2 ->
          MODEL
              .createVoteResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setGranted(in.readBoolean())
              .build();
      case 3 ->
          MODEL
              .createPreVoteRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.readInt())
              .setLastLogIndex(in.readLong())
              .build();
      case 4 ->
          MODEL
              .createPreVoteResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setGranted(in.readBoolean())
              .build();
      case 5 ->
          MODEL
              .createAppendEntriesRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setPreviousLogTerm(in.readInt())
              .setPreviousLogIndex(in.readLong())
              .setCommitIndex(in.readLong())
              .setQuerySequenceNumber(in.readLong())
              .setFlowControlSequenceNumber(in.readLong())
              .setLogEntries(readEntries(in))
              .build();
      case 6 ->
          MODEL
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogIndex(in.readLong())
              .setQuerySequenceNumber(in.readLong())
              .setFlowControlSequenceNumber(in.readLong())
              .build();
      case 7 ->
          MODEL
              .createAppendEntriesFailureResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setExpectedNextIndex(in.readLong())
              .setQuerySequenceNumber(in.readLong())
              .setFlowControlSequenceNumber(in.readLong())
              .build();
      case 8 -> readSnapshot(in, group, sender, term);
      case 9 ->
          MODEL
              .createInstallSnapshotResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setSnapshotIndex(in.readLong())
              .setRequestedSnapshotChunkIndex(in.readInt())
              .setQuerySequenceNumber(in.readLong())
              .setFlowControlSequenceNumber(in.readLong())
              .build();
      case 10 ->
          MODEL
              .createTriggerLeaderElectionRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.readInt())
              .setLastLogIndex(in.readLong())
              .build();
      default -> throw new IOException("a message of type " + type);
    };
  }

  private static void writeSnapshot(DataOutput out, InstallSnapshotRequest it) throws IOException {
    out.writeBoolean(it.isSenderLeader());
    out.writeInt(it.getSnapshotTerm());
    out.writeLong(it.getSnapshotIndex());
    out.writeInt(it.getTotalSnapshotChunkCount());
    out.writeLong(it.getQuerySequenceNumber());
    out.writeLong(it.getFlowControlSequenceNumber());
    writeSeats(out, it.getSnapshottedMembers());
    writeSeats(out, it.getGroupMembersView().getVotingMembers());
    SnapshotChunk chunk = it.getSnapshotChunk();
    out.writeBoolean(chunk != null);
    if (chunk != null) {
      ((Epoch) chunk.getOperation()).write(out);
    }
  }

  private static RaftMessage readSnapshot(DataInput in, Integer group, Seat sender, int term)
      throws IOException {
    boolean leader = in.readBoolean();
    int snapshotTerm = in.readInt();
    long index = in.readLong();
    var builder =
        MODEL
            .createInstallSnapshotRequestBuilder()
            .setGroupId(group)
            .setSender(sender)
            .setTerm(term)
            .setSenderLeader(leader)
            .setSnapshotTerm(snapshotTerm)
            .setSnapshotIndex(index)
            .setTotalSnapshotChunkCount(in.readInt())
            .setQuerySequenceNumber(in.readLong())
            .setFlowControlSequenceNumber(in.readLong())
            .setSnapshottedMembers(readSeats(in));
    RaftGroupMembersView members = members(readSeats(in));
    builder.setGroupMembersView(members);
    if (in.readBoolean()) {
      builder.setSnapshotChunk(chunk(index, snapshotTerm, Epoch.read(in), members));
    }
    return builder.build();
  }

  /** The whole snapshot. */
  static SnapshotChunk chunk(long index, int term, Epoch epoch, RaftGroupMembersView members) {
    return MODEL
        .createSnapshotChunkBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(epoch)
        .setSnapshotChunkIndex(0)
        .setSnapshotChunkCount(1)
        .setGroupMembersView(members)
        .build();
  }

  static RaftGroupMembersView members(List<RaftEndpoint> voters) {
    return MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(0)
        .setMembers(voters)
        .setVotingMembers(voters)
        .build();
  }

  static void writeEntries(DataOutput out, List<LogEntry> entries) throws IOException {
    out.writeInt(Wire.count(entries.size(), MAX_ENTRIES));
    for (LogEntry entry : entries) {
      out.writeLong(entry.getIndex());
      out.writeInt(entry.getTerm());
      ((Change) entry.getOperation()).write(out);
    }
  }

  static List<LogEntry> readEntries(DataInput in) throws IOException {
    int size = Wire.count(in.readInt(), MAX_ENTRIES);
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(
          MODEL
              .createLogEntryBuilder()
              .setIndex(in.readLong())
              .setTerm(in.readInt())
              .setOperation(Change.read(in))
              .build());
    }
    return entries;
  }

  private static void writeSeats(DataOutput out, Collection<RaftEndpoint> seats)
      throws IOException {
    Wire.writeCount(out, seats.size());
    for (RaftEndpoint seat : seats) {
      out.writeByte(((Seat) seat).index());
    }
  }

  private static List<RaftEndpoint> readSeats(DataInput in) throws IOException {
    int size = Wire.readCount(in);
    List<RaftEndpoint> seats = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      seats.add(new Seat(in.readByte()));
    }
    return seats;
  }
}
