package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.store.PackedNames;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Live and dead sessions by project and required capabilities. */
public final class WorkIndex {

  private final Map<String, ProjectWork> projects = new HashMap<>();
  private final NavigableSet<String> projectNames = new TreeSet<>(Names::compareBytes);
  private final Map<List<String>, CapabilitySet> setsByNames = new HashMap<>();
  private final List<CapabilitySet> sets = new ArrayList<>();
  private final BitSet usedIndexes = new BitSet();
  private long setsVersion;

  public List<CapabilitySet> capabilitySets() {
    return sets;
  }

  /** Returns null if no live or dead work has it. */
  public @Nullable CapabilitySet capabilitySet(List<String> required) {
    return setsByNames.get(PackedNames.unnamed(required));
  }

  public long capabilitySetsVersion() {
    return setsVersion;
  }

  /** Returns null if it has neither work nor settings. */
  public @Nullable ProjectWork project(String name) {
    return projects.get(name);
  }

  public NavigableSet<String> projectNames() {
    return Collections.unmodifiableNavigableSet(projectNames);
  }

  void put(QueueRecord queue) {
    ProjectWork project = projectOrNew(queue.project());
    project.replace(queue);
    project.review();
    forgetIfNothing(project);
  }

  /**
   * @return the session with shared strings
   */
  SessionRecord join(SessionRecord session) {
    ProjectWork project = projectOrNew(session.project());
    project.sessions++;
    CapabilitySet set = capabilitySet(session.capabilities());
    if (set == null) {
      set =
          new CapabilitySet(
              PackedNames.unnamed(session.capabilities()), usedIndexes.nextClearBit(0));
      usedIndexes.set(set.index());
      setsByNames.put(set.names(), set);
      sets.add(set);
      setsVersion++;
    }
    set.sessions++;
    project.sets.merge(set, 1, Integer::sum);
    List<String> capabilities = set.lanes() == null ? set.names() : session.capabilities();
    return sameInstances(session, project.name(), capabilities)
        ? session
        : session.sharing(project.name(), capabilities);
  }

  void leave(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    CapabilitySet set = capabilitySet(session.capabilities());
    if (project != null) {
      project.sessions--;
      if (set != null) {
        project.sets.computeIfPresent(set, (key, count) -> count == 1 ? null : count - 1);
      }
      forgetIfNothing(project);
    }
    if (set != null && --set.sessions == 0) {
      setsByNames.remove(set.names());
      sets.remove(set);
      usedIndexes.clear(set.index());
      setsVersion++;
    }
  }

  void enter(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    CapabilitySet set = capabilitySet(session.capabilities());
    if (project == null || set == null) {
      return;
    }
    project.mutableCounts().add(session.place(), 1);
    project.enlist(session);
    if (session.place().inOrder()) {
      Bucket bucket = project.bucket(set);
      if (bucket == null) {
        bucket = new Bucket(project, set);
        project.buckets().add(bucket);
      }
      bucket.items().add(session.score(), session.id());
      bucket.refresh();
      if (set.lanes() != null) {
        set.lanes().add(session);
      }
    }
  }

  void exit(SessionRecord session) {
    ProjectWork project = projects.get(session.project());
    CapabilitySet set = capabilitySet(session.capabilities());
    if (project == null || set == null) {
      return;
    }
    project.mutableCounts().add(session.place(), -1);
    project.delist(session);
    Bucket bucket = project.bucket(set);
    if (session.place().inOrder() && bucket != null) {
      bucket.items().remove(session.score(), session.id());
      bucket.refresh();
      if (bucket.items().isEmpty()) {
        project.buckets().remove(bucket);
      }
      if (set.lanes() != null) {
        set.lanes().remove(session);
      }
    }
  }

  void review(String name) {
    ProjectWork project = projects.get(name);
    if (project != null) {
      project.review();
    }
  }

  private ProjectWork projectOrNew(String name) {
    ProjectWork project = projects.get(name);
    if (project == null) {
      project = new ProjectWork(name);
      projects.put(name, project);
      projectNames.add(name);
    }
    return project;
  }

  private void forgetIfNothing(ProjectWork project) {
    if (project.nothing()) {
      projects.remove(project.name());
      projectNames.remove(project.name());
    }
  }

  @SuppressWarnings("ReferenceEquality") // identity is the point
  private static boolean sameInstances(
      SessionRecord session, String project, List<String> capabilities) {
    return session.project() == project && session.capabilities() == capabilities;
  }
}
