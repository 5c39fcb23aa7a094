package dev.sluice.backend.hazelcast;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.ByteArraySerializer;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Delta;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.wire.UnreadableBytesException;
import dev.sluice.backend.engine.wire.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Serializers of all that members send each other or move with a partition. */
final class OrgSerialization {

  private OrgSerialization() {}

  static void register(SerializationConfig config, WireFormat wire) {
    config
        .addSerializerConfig(
            of(
                OrgProcessor.class,
                new Bytes<>(
                    1,
                    processor -> wire.toMessage(processor.call()),
                    bytes -> new OrgProcessor((OrgCall) read(wire, bytes), false))))
        .addSerializerConfig(
            of(
                OrgReader.class,
                new Bytes<>(
                    2,
                    reader -> wire.toMessage(reader.call()),
                    bytes -> new OrgReader((OrgCall) read(wire, bytes), false))))
        .addSerializerConfig(
            of(
                OrgDelta.class,
                new Bytes<>(
                    3,
                    delta -> wire.toMessage(delta.delta()),
                    bytes -> new OrgDelta((Delta) read(wire, bytes)))))
        .addSerializerConfig(
            of(
                OrgReply.class,
                new Bytes<>(4, wire::toMessage, bytes -> (OrgReply) read(wire, bytes))))
        .addSerializerConfig(of(OrgState.class, new States(wire)))
        .addSerializerConfig(
            of(
                MemberClocks.WhatTimeIsIt.class,
                new Bytes<>(6, asks -> new byte[0], bytes -> new MemberClocks.WhatTimeIsIt())))
        .addSerializerConfig(of(BulkChange.class, new ManyBytes()))
        .addSerializerConfig(of(ByteChange.class, new OneChange()));
  }

  private static <T> SerializerConfig of(
      Class<T> type, com.hazelcast.nio.serialization.Serializer serializer) {
    return new SerializerConfig().setTypeClass(type).setImplementation(serializer);
  }

  private static Object read(WireFormat wire, byte[] bytes) {
    return Objects.requireNonNull(wire.fromMessage(bytes));
  }

  private record Bytes<T>(int typeId, Function<T, byte[]> writer, Function<byte[], T> reader)
      implements ByteArraySerializer<T> {

    @Override
    public int getTypeId() {
      return typeId;
    }

    @Override
    public byte[] write(T object) {
      return writer.apply(object);
    }

    @Override
    public T read(byte[] buffer) {
      return reader.apply(buffer);
    }
  }

  private static final class ManyBytes implements StreamSerializer<BulkChange> {

    @Override
    public int getTypeId() {
      return 7;
    }

    @Override
    public void write(ObjectDataOutput out, BulkChange change) throws IOException {
      out.writeByte(change.kind().ordinal());
      out.writeInt(change.values().size());
      for (Map.Entry<String, byte[]> each : change.values().entrySet()) {
        out.writeString(each.getKey());
        out.writeByteArray(each.getValue());
      }
    }

    @Override
    public BulkChange read(ObjectDataInput in) throws IOException {
      BulkChange.Kind kind = BulkChange.Kind.values()[in.readByte()];
      int size = in.readInt();
      Map<String, byte[]> values = new HashMap<>(2 * size);
      for (int i = 0; i < size; i++) {
        String key = Objects.requireNonNull(in.readString());
        values.put(key, Objects.requireNonNull(in.readByteArray()));
      }
      return new BulkChange(kind, values);
    }
  }

  private static final class OneChange implements StreamSerializer<ByteChange> {

    @Override
    public int getTypeId() {
      return 8;
    }

    @Override
    public void write(ObjectDataOutput out, ByteChange change) throws IOException {
      out.writeByte(change.kind().ordinal());
      out.writeByteArray(change.before());
      out.writeByteArray(change.after());
    }

    @Override
    public ByteChange read(ObjectDataInput in) throws IOException {
      return new ByteChange(
          ByteChange.Kind.values()[in.readByte()], in.readByteArray(), in.readByteArray());
    }
  }

  /** Record by record: a state may be large, and one unreadable record must not lose the others. */
  private static final class States implements StreamSerializer<OrgState> {

    private final WireFormat wire;

    States(WireFormat wire) {
      this.wire = wire;
    }

    @Override
    public int getTypeId() {
      return 5;
    }

    @Override
    public void write(ObjectDataOutput out, OrgState state) throws IOException {
      out.writeInt(wire.inForce());
      out.writeInt(state.sessionCount());
      state.eachSession(
          slot -> {
            writeText(out, slot.id());
            writeBytes(out, toBytes(slot));
          });
      state.eachOtherRecord(
          change -> {
            if (wire.writes(change.getClass())) {
              writeBytes(out, wire.toBytes(change));
            }
          });
      out.writeByteArray(null);
    }

    @Override
    public OrgState read(ObjectDataInput in) throws IOException {
      wire.note(in.readInt()); // a member that is too old gets no state
      OrgState state = new OrgState();
      int sessions = in.readInt();
      for (int i = 0; i < sessions; i++) {
        String id = Objects.requireNonNull(in.readString());
        byte[] bytes = Objects.requireNonNull(in.readByteArray());
        readSession(state, id, bytes);
      }
      for (byte[] bytes = in.readByteArray(); bytes != null; bytes = in.readByteArray()) {
        state.apply((Change) Objects.requireNonNull(wire.fromBytes(bytes)));
      }
      return state;
    }

    private byte[] toBytes(SessionSlot slot) {
      if (slot instanceof UnreadableSession unreadable) {
        return unreadable.bytes();
      }
      return wire.toBytes(
          slot instanceof MovedSession moved
              ? new Change.MoveOut(moved)
              : new Change.PutSession((SessionRecord) slot));
    }

    private void readSession(OrgState state, String id, byte[] bytes) {
      try {
        Object change = wire.fromBytes(bytes);
        if (change instanceof Change.PutSession put && put.session().id().equals(id)) {
          state.apply(put);
          return;
        } else if (change instanceof Change.MoveOut moved && moved.session().id().equals(id)) {
          state.apply(moved);
          return;
        }
      } catch (UnreadableBytesException e) {
        // keep the bytes
      }
      state.keepUnreadable(new UnreadableSession(id, bytes));
    }

    private static void writeText(ObjectDataOutput out, String text) {
      try {
        out.writeString(text);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static void writeBytes(ObjectDataOutput out, byte[] bytes) {
      try {
        out.writeByteArray(bytes);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
