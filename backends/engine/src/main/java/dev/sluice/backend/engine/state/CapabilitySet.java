package dev.sluice.backend.engine.state;

import dev.sluice.backend.store.PackedNames;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Required capabilities of live work, and the open buckets of that work. */
public final class CapabilitySet {

  private static final Comparator<Bucket> BY_HEAD =
      (a, b) -> RankedSet.compare(a.headScore(), a.headId(), b.headScore(), b.headId());

  private final List<String> names;
  private final int index;
  private final TreeSet<Bucket> heads = new TreeSet<>(BY_HEAD);
  private final @Nullable RepositoryLanes lanes;

  int sessions;

  CapabilitySet(List<String> names, int index) {
    this.names = names;
    this.index = index;
    lanes = names.contains(PackedNames.MARK) ? new RepositoryLanes() : null;
  }

  /** Sorted by bytes, with {@link PackedNames#MARK} for any repository. */
  public List<String> names() {
    return names;
  }

  /** Small; unique among the sets of the org now. */
  public int index() {
    return index;
  }

  public Iterable<Bucket> openBuckets() {
    return heads;
  }

  /** The work by repository; null for work that names none. */
  public @Nullable RepositoryLanes lanes() {
    return lanes;
  }

  TreeSet<Bucket> heads() {
    return heads;
  }
}
