package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.sluice.backend.hazelcast.epoch.Gate;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes an entry of a map of bytes if the member that has it may serve. The caller's look alone
 * doesn't tell: that member may have just dropped another one, and would make a copy less than the
 * epoch says. Members of releases without epochs don't know it.
 */
@SuppressWarnings("serial") // travels by OrgSerialization
final class ByteChange implements EntryProcessor<String, byte[], byte[]>, HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private static final byte[] DONE = {};

  /** In the order in which they were added: they travel as numbers. */
  enum Kind {
    /** Returns null. */
    PUT,
    /** Returns the present value. */
    PUT_IF_ABSENT,
    /** Returns the present value. */
    REMOVE,
    /** Returns null. */
    DELETE,
    /** Returns null if the present value is another one. */
    REPLACE,
    /** Returns null if the present value is another one. */
    REMOVE_IF,
    /** The result of another kind, on a member that has a copy. */
    COPY
  }

  private final Kind kind;
  private final byte @Nullable [] before;
  private final byte @Nullable [] after;
  private @Nullable HazelcastInstance member;
  private boolean changed;

  /**
   * @param before for {@code REPLACE} and {@code REMOVE_IF}
   * @param after null to remove
   */
  ByteChange(Kind kind, byte @Nullable [] before, byte @Nullable [] after) {
    this.kind = kind;
    this.before = before;
    this.after = after;
  }

  Kind kind() {
    return kind;
  }

  byte @Nullable [] before() {
    return before;
  }

  byte @Nullable [] after() {
    return after;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
    member = hazelcastInstance;
  }

  @Override
  @SuppressWarnings("NullAway") // null for a key without a value
  public byte @Nullable [] process(Map.Entry<String, byte[]> entry) {
    if (kind == Kind.COPY) {
      entry.setValue(after);
      return null;
    }
    Gate gate = member == null ? Gate.OPEN : HazelcastMember.gate(member);
    if (gate.number() == Gate.CLOSED) {
      throw new SplitBrainProtectionException(String.valueOf(gate.problem()));
    }
    byte[] present = kind == Kind.PUT || kind == Kind.DELETE ? null : entry.getValue();
    changed =
        switch (kind) {
          case PUT, DELETE, COPY -> true;
          case PUT_IF_ABSENT -> present == null;
          case REMOVE -> present != null;
          case REPLACE, REMOVE_IF -> present != null && Arrays.equals(present, before);
        };
    if (changed) {
      entry.setValue(after);
    }
    return switch (kind) {
      case PUT, DELETE, COPY -> null;
      case PUT_IF_ABSENT, REMOVE -> present;
      case REPLACE, REMOVE_IF -> changed ? DONE : null;
    };
  }

  @Override
  public @Nullable ByteChange getBackupProcessor() {
    return changed ? new ByteChange(Kind.COPY, null, after) : null;
  }
}
