package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The leader's answer to a report.
 *
 * @param sentNanos of the report
 * @param generation of the leader's group
 * @param epoch in force at some moment after the report
 * @param granted true for a lease in that epoch
 * @param join the seat whose instance a new instance of the member is to join, or {@link Seat#NONE}
 * @param waitsFor why nothing serves, for people; empty if it does
 */
record Answer(
    long sentNanos, int generation, Epoch epoch, boolean granted, int join, String waitsFor) {

  void write(DataOutput out) throws IOException {
    out.writeLong(sentNanos);
    out.writeInt(generation);
    epoch.write(out);
    out.writeBoolean(granted);
    out.writeByte(join);
    out.writeUTF(waitsFor);
  }

  static Answer read(DataInput in) throws IOException {
    return new Answer(
        in.readLong(), in.readInt(), Epoch.read(in), in.readBoolean(), in.readByte(), in.readUTF());
  }
}
