package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The instances that may serve. A change that is not allowed returns the same epoch.
 *
 * @param parts the oldest first
 * @param complete tickets of the instances that have all that was acknowledged so far
 * @param serves true once all parts have all data
 * @param virgin true if nothing was ever stored
 */
public record Epoch(
    long number, List<Part> parts, Set<UUID> complete, boolean serves, boolean virgin) {

  static final Epoch NONE = new Epoch(0, List.of(), Set.of(), false, true);

  public Epoch {
    parts = List.copyOf(parts);
    complete = Set.copyOf(complete);
  }

  public Set<UUID> tickets() {
    Set<UUID> tickets = new LinkedHashSet<>();
    parts.forEach(part -> tickets.add(part.ticket()));
    return tickets;
  }

  public boolean names(UUID ticket) {
    return parts.stream().anyMatch(part -> part.ticket().equals(ticket));
  }

  /**
   * Begins with an empty instance.
   *
   * @param lost true if no instance that is complete can come back
   */
  Epoch found(Part part, boolean lost) {
    return virgin || lost
        ? new Epoch(number + 1, List.of(part), Set.of(part.ticket()), false, true)
        : this;
  }

  /** Goes on with the state of an instance that may lack acknowledged changes. */
  Epoch accept(Part part) {
    return new Epoch(number + 1, List.of(part), Set.of(part.ticket()), false, false);
  }

  /** Names the parts of a new view, which took its data from a complete one among them. */
  Epoch view(List<Part> now) {
    boolean holds = now.stream().anyMatch(part -> complete.contains(part.ticket()));
    return holds ? new Epoch(number + 1, now, complete, false, virgin) : this;
  }

  /** All parts have all data. */
  Epoch serve(int quorum) {
    return !serves && parts.size() >= quorum
        ? new Epoch(number, parts, tickets(), true, false)
        : this;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(number);
    Wire.writeCount(out, parts.size());
    for (Part part : parts) {
      part.write(out);
    }
    Wire.write(out, complete);
    out.writeBoolean(serves);
    out.writeBoolean(virgin);
  }

  static Epoch read(DataInput in) throws IOException {
    long number = in.readLong();
    int size = Wire.readCount(in);
    List<Part> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      parts.add(Part.read(in));
    }
    Set<UUID> complete = Set.copyOf(Wire.readIds(in));
    return new Epoch(number, parts, complete, in.readBoolean(), in.readBoolean());
  }
}
