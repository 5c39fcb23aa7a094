package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of the Raft log.
 *
 * @param expected number of the epoch that it changes; another one stays as it is
 */
record Change(Kind kind, long expected, List<Part> parts) {

  /** In the order in which they were added: they are stored as numbers. */
  enum Kind {
    /** Changes nothing. */
    TOUCH,
    FOUND,
    FOUND_LOST,
    ACCEPT,
    VIEW,
    SERVE
  }

  static final Change TOUCH = new Change(Kind.TOUCH, -1, List.of());

  private static final Kind[] KINDS = Kind.values();

  Change {
    parts = List.copyOf(parts);
  }

  Epoch applyTo(Epoch epoch, int quorum) {
    if (kind == Kind.TOUCH || epoch.number() != expected) {
      return epoch;
    }
    return switch (kind) {
      case TOUCH -> epoch;
      case FOUND -> epoch.found(parts.get(0), false);
      case FOUND_LOST -> epoch.found(parts.get(0), true);
      case ACCEPT -> epoch.accept(parts.get(0));
      case VIEW -> epoch.view(parts);
      case SERVE -> epoch.serve(quorum);
    };
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(kind.ordinal());
    out.writeLong(expected);
    Wire.writeCount(out, parts.size());
    for (Part part : parts) {
      part.write(out);
    }
  }

  static Change read(DataInput in) throws IOException {
    Kind kind = KINDS[Wire.count(in.readUnsignedByte(), KINDS.length - 1)];
    long expected = in.readLong();
    int size = Wire.readCount(in);
    List<Part> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      parts.add(Part.read(in));
    }
    boolean needsPart = kind == Kind.FOUND || kind == Kind.FOUND_LOST || kind == Kind.ACCEPT;
    if (needsPart && parts.isEmpty()) {
      throw new IOException(kind + " of no part");
    }
    return new Change(kind, expected, parts);
  }
}
