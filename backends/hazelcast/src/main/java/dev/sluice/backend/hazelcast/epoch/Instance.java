package dev.sluice.backend.hazelcast.epoch;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Hazelcast instance of this member, one after the other. No call waits. */
public interface Instance {

  /** In the order in which they were added: they travel as numbers. */
  enum Stage {
    NONE,
    CHANGING,
    RUNNING
  }

  Stage stage();

  /** The ticket of the running instance, else of the next one. */
  UUID ticket();

  /** Tickets of the instances that the running one sees, the oldest first. */
  List<UUID> view();

  /** Returns null unless the instance sees those and no others. */
  Gate.@Nullable View view(Set<UUID> tickets);

  /** Starts an instance that is alone. */
  void found();

  /** Ends the running instance, with its state, and starts one that joins the member's. */
  void join(int seat);

  /**
   * Returns true once a check that began after the first call with that number found that every
   * instance in the view has all data.
   */
  boolean safe(long number);
}
