package dev.sluice.backend.hazelcast.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project's live sessions by what they require. */
public final class ProjectWork {

  private final String name;
  private final List<Bucket> buckets = new ArrayList<>(1);

  /** Its live sessions. */
  int sessions;

  ProjectWork(String name) {
    this.name = name;
  }

  /** The project. */
  public String name() {
    return name;
  }

  /** Its buckets that hold work, at most one a set of capabilities. */
  public List<Bucket> buckets() {
    return buckets;
  }

  @Nullable Bucket bucket(CapabilitySet set) {
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.get(i).capabilities() == set) {
        return buckets.get(i);
      }
    }
    return null;
  }

  /** How many of its waiting items come before that one, counted no further than the limit. */
  public int rank(long score, String id, int limit) {
    int rank = 0;
    for (int i = 0; i < buckets.size() && rank < limit; i++) {
      rank += buckets.get(i).items().rank(score, id, limit - rank);
    }
    return rank;
  }
}
