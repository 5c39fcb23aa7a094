package dev.sluice.backend.hazelcast;

import com.hazelcast.map.EntryProcessor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes many entries of a map, a step for each. Members before layout 5 don't know it.
 *
 * @param values by key; for {@code REMOVE_IF} the present ones, for {@code REMOVE} none
 */
@SuppressWarnings("serial") // travels by OrgSerialization
record BulkChange(Kind kind, Map<String, byte[]> values)
    implements EntryProcessor<String, byte[], byte[]> {

  /** In the order in which they were added: they travel as numbers. */
  enum Kind {
    PUT_IF_ABSENT,
    REMOVE_IF,
    REMOVE
  }

  /** Returns the present value if it stays, else null. */
  @Override
  @SuppressWarnings("NullAway") // null for a key without a value
  public byte @Nullable [] process(Map.Entry<String, byte[]> entry) {
    byte[] present = entry.getValue();
    byte[] value = values.get(entry.getKey());
    boolean changes =
        switch (kind) {
          case PUT_IF_ABSENT -> present == null;
          case REMOVE_IF -> Arrays.equals(present, value);
          case REMOVE -> present != null;
        };
    if (!changes) {
      return present;
    }
    entry.setValue(kind == Kind.PUT_IF_ABSENT ? value : null);
    return null;
  }
}
