package dev.sluice.backend.hazelcast.epoch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Writes and reads bounded values. */
final class Wire {

  /** More than instances of a cluster at one time. */
  private static final int MAX_COUNT = 64;

  private Wire() {}

  interface Writer {
    void to(DataOutput out) throws IOException;
  }

  interface Reader<T> {
    T from(DataInput in) throws IOException;
  }

  static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Reader<T> reader) throws IOException {
    return reader.from(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  static void write(DataOutput out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  static UUID readId(DataInput in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  static void write(DataOutput out, Collection<UUID> ids) throws IOException {
    writeCount(out, ids.size());
    for (UUID id : ids) {
      write(out, id);
    }
  }

  static List<UUID> readIds(DataInput in) throws IOException {
    int size = readCount(in);
    List<UUID> ids = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ids.add(readId(in));
    }
    return ids;
  }

  /** Refuses what {@link #readCount} would. */
  static void writeCount(DataOutput out, int count) throws IOException {
    out.writeByte(count(count, MAX_COUNT));
  }

  static int readCount(DataInput in) throws IOException {
    return count(in.readUnsignedByte(), MAX_COUNT);
  }

  static int count(int count, int max) throws IOException {
    if (count < 0 || count > max) {
      throw new IOException("a count of " + count);
    }
    return count;
  }
}
