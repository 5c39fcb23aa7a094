package dev.sluice.backend.hazelcast.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live sessions of an org by project and required capabilities, and those waiting in order. */
public final class WorkIndex {

  private final Map<String, ProjectWork> projects = new HashMap<>();
  private final Map<List<String>, CapabilitySet> setsByNames = new HashMap<>();
  private final List<CapabilitySet> sets = new ArrayList<>();
  private final BitSet usedIndexes = new BitSet();
  private long setsVersion;

  /** The sets of required capabilities that live work has. */
  public List<CapabilitySet> capabilitySets() {
    return sets;
  }

  /** Whether live work has that set. */
  public boolean hasCapabilitySet(List<String> names) {
    return setsByNames.containsKey(names);
  }

  /** Grows whenever {@link #capabilitySets} changes. */
  public long capabilitySetsVersion() {
    return setsVersion;
  }

  /** The live work of a project; null if it has none. */
  public @Nullable ProjectWork project(String name) {
    return projects.get(name);
  }

  /**
   * Counts a live session in.
   *
   * @return the record, with the names it shares with others in one copy
   */
  SessionRecord join(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    if (project == null) {
      project = new ProjectWork(session.project());
      projects.put(session.project(), project);
    }
    project.sessions++;
    CapabilitySet set = setsByNames.get(session.capabilities());
    if (set == null) {
      set = new CapabilitySet(session.capabilities(), usedIndexes.nextClearBit(0));
      usedIndexes.set(set.index());
      setsByNames.put(set.names(), set);
      sets.add(set);
      setsVersion++;
    }
    set.sessions++;
    return sameInstances(session, project, set)
        ? session
        : session.sharing(project.name(), set.names());
  }

  /** Counts a session out that was counted in. */
  void leave(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    if (project != null && --project.sessions == 0) {
      projects.remove(session.project());
    }
    CapabilitySet set = setsByNames.get(session.capabilities());
    if (set != null && --set.sessions == 0) {
      setsByNames.remove(session.capabilities());
      sets.remove(set);
      usedIndexes.clear(set.index());
      setsVersion++;
    }
  }

  /** Puts a session that was counted in into its bucket. */
  void enter(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    CapabilitySet set = setsByNames.get(session.capabilities());
    if (project == null || set == null) {
      return;
    }
    Bucket bucket = project.bucket(set);
    if (bucket == null) {
      bucket = new Bucket(project.name(), set);
      project.buckets().add(bucket);
    }
    bucket.items().add(session.score(), session.id());
    bucket.refresh();
  }

  /** Takes a session out of its bucket. */
  void exit(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    CapabilitySet set = setsByNames.get(session.capabilities());
    Bucket bucket = project == null || set == null ? null : project.bucket(set);
    if (project == null || bucket == null) {
      return;
    }
    bucket.items().remove(session.score(), session.id());
    bucket.refresh();
    if (bucket.items().isEmpty()) {
      project.buckets().remove(bucket);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the point is to keep one copy
  private static boolean sameInstances(
      SessionRecord session, ProjectWork project, CapabilitySet set) {
    return session.project() == project.name() && session.capabilities() == set.names();
  }
}
