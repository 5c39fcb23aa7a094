package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A stored worker, with what its polls would otherwise work out anew each time. */
public final class WorkerEntry {

  private WorkerRecord record;
  private Liveness liveness;
  private List<String> projects;
  private Set<String> capabilities;

  private long setsVersion = -1;
  private List<CapabilitySet> covered = List.of();
  private BitSet coveredIndexes = new BitSet();

  WorkerEntry(WorkerRecord record) {
    this.record = record;
    this.liveness = new Liveness(0, 0, false, 0, 0, null, List.of(), 0);
    this.projects = List.of();
    this.capabilities = Set.of();
    derive();
  }

  /** What it said of itself. */
  public WorkerRecord record() {
    return record;
  }

  /** Its signs of life. */
  public Liveness liveness() {
    return liveness;
  }

  /** Whose work it takes, with the one that anybody may take; empty means all. */
  public List<String> projects() {
    return projects;
  }

  /** Whether it takes work of that project. */
  public boolean takes(String project) {
    return projects.isEmpty() || projects.contains(project);
  }

  /** Whether it has all of these. */
  public boolean has(List<String> required) {
    return capabilities.containsAll(required);
  }

  /** The sets of required capabilities, among those of live work, that it has. */
  public List<CapabilitySet> covered(WorkIndex work) {
    if (setsVersion != work.capabilitySetsVersion()) {
      covered = new ArrayList<>();
      coveredIndexes = new BitSet();
      for (CapabilitySet set : work.capabilitySets()) {
        if (capabilities.containsAll(set.names())) {
          covered.add(set);
          coveredIndexes.set(set.index());
        }
      }
      setsVersion = work.capabilitySetsVersion();
    }
    return covered;
  }

  /** Whether it has that set; only after {@link #covered}. */
  public boolean covers(CapabilitySet set) {
    return coveredIndexes.get(set.index());
  }

  void replace(WorkerRecord newRecord) {
    boolean same = record.registration().equals(newRecord.registration());
    record = newRecord;
    if (!same) {
      derive();
    }
  }

  void replace(Liveness newLiveness) {
    liveness = newLiveness;
  }

  private void derive() {
    Registration registration = record.registration();
    capabilities = new HashSet<>(registration.capabilities());
    projects = registration.takes();
    setsVersion = -1;
  }
}
