package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;

/**
 * A Hazelcast instance of a member.
 *
 * @param seat index of the member in the configured list
 * @param ticket names the instance; the member draws a new one for each
 */
public record Part(int seat, UUID ticket) {

  void write(DataOutput out) throws IOException {
    out.writeByte(seat);
    Wire.write(out, ticket);
  }

  static Part read(DataInput in) throws IOException {
    return new Part(in.readByte(), Wire.readId(in));
  }
}
