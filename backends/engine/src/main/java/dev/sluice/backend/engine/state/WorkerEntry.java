package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.Abilities;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public final class WorkerEntry {

  private WorkerRecord record;
  private Liveness liveness;
  private Projects projects = Projects.ALL;
  private Abilities abilities = new Abilities(List.of(), List.of());
  private Set<String> capabilities = Set.of();

  private long setsVersion = -1;
  private List<CapabilitySet> covered = List.of();
  private BitSet coveredIndexes = new BitSet();

  WorkerEntry(WorkerRecord record) {
    this.record = record;
    this.liveness = new Liveness(0, 0, false, 0, 0, null, List.of(), 0);
    derive();
  }

  public WorkerRecord record() {
    return record;
  }

  public Liveness liveness() {
    return liveness;
  }

  /** See {@link Projects#taking}. */
  public Projects projects() {
    return projects;
  }

  public Abilities abilities() {
    return abilities;
  }

  public boolean takes(String project) {
    return projects.takes(project);
  }

  /** True if it has what is required, {@link PackedNames}, whatever the repository. */
  public boolean has(List<String> required) {
    return capabilities.containsAll(PackedNames.unnamed(required));
  }

  /** True if it takes work of the repository among these capabilities, if any. */
  public boolean lists(List<String> required) {
    String repository = PackedNames.repository(required);
    return repository == null || Repositories.take(repositories(), repository);
  }

  /** Listed {@link Repositories}; empty means all. */
  public List<String> repositories() {
    return abilities.repositories();
  }

  /** Sets of live work that the worker has. */
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

  /** Call {@link #covered} first. */
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
    capabilities.add(PackedNames.MARK);
    abilities = new Abilities(registration.capabilities(), registration.repositories());
    projects = registration.projects().taking();
    setsVersion = -1;
  }
}
